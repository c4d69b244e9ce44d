using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using BookingFunctions.Trips;

namespace BookingFunctions.Storage;

/// <summary>
/// Keeps reservations in an Azure table. A partition has the reservations of one item, and a counter of those that are
/// booked: both change in one transaction, and only if they were not changed since they were read (by their ETags);
/// otherwise they are read and changed again.
/// </summary>
/// <param name="table">The table; created when the first reservation is written.</param>
public sealed class TableReservationStore(TableClient table) : IReservationStore
{
    /// <summary>The table's name.</summary>
    public const string TableName = "Reservations";

    private const string CounterKey = "counter";
    private const string Booked = "Booked";

    private readonly StoreTable table = new(table);

    // Those that have lost a race in this process stand in line, or a crowd that wants one item would only fight itself.
    private readonly SemaphoreSlim[] lines = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    /// <inheritdoc/>
    public async Task<int> CountAttemptAsync(string id, Leg leg, string item, CancellationToken cancellation) =>
        (await ChangeAsync(id, leg, item, (before, _) => ReservationChanges.CountAttempt(before, id, leg, item), cancellation))!.Attempts;

    /// <inheritdoc/>
    public Task<Reservation?> BookAsync(
        string id, Leg leg, string item, string confirmation, int capacity, CancellationToken cancellation) => ChangeAsync(
            id,
            leg,
            item,
            (before, booked) => ReservationChanges.Book(before, id, leg, item, confirmation, booked < capacity),
            cancellation);

    /// <inheritdoc/>
    public async Task<Reservation> UndoAsync(string id, Leg leg, string item, CancellationToken cancellation) =>
        (await ChangeAsync(id, leg, item, (before, _) => ReservationChanges.Undo(before, id, leg, item), cancellation))!;

    /// <inheritdoc/>
    public async Task<Reservation?> FindAsync(string id, Leg leg, string item, CancellationToken cancellation) =>
        ToReservation(await table.ReadAsync(PartitionKey(leg, item), RowKey(id), cancellation));

    /// <inheritdoc/>
    public async IAsyncEnumerable<Reservation> ListLiveAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"State eq {nameof(ReservationState.Booked)}");
        await foreach (var entity in table.QueryAsync(filter, null, cancellation))
        {
            yield return ToReservation(entity)!;
        }
    }

    private async Task<Reservation?> ChangeAsync(
        string id, Leg leg, string item, Func<Reservation?, int, Reservation?> change, CancellationToken cancellation)
    {
        var partition = PartitionKey(leg, item);
        var (isDone, result) = await TryChangeAsync(partition, id, change, cancellation);
        if (isDone)
        {
            return result;
        }

        var line = lines[Convert.ToInt32(partition[^2..], 16) % lines.Length];
        await line.WaitAsync(cancellation);
        try
        {
            for (var attempt = 1; attempt < StoreTable.MaxTries; attempt++)
            {
                await StoreTable.WaitAsync(attempt, cancellation);
                (isDone, result) = await TryChangeAsync(partition, id, change, cancellation);
                if (isDone)
                {
                    return result;
                }
            }
        }
        finally
        {
            line.Release();
        }

        throw StoreTable.Crowded($"The {leg} '{item}'");
    }

    private async Task<(bool IsDone, Reservation? Result)> TryChangeAsync(
        string partition, string id, Func<Reservation?, int, Reservation?> change, CancellationToken cancellation)
    {
        // The counter first: if all are taken then, and this one is not among them after that, others have taken them.
        var counter = await table.ReadAsync(partition, CounterKey, cancellation);
        var entity = await table.ReadAsync(partition, RowKey(id), cancellation);
        var booked = counter?.GetInt32(Booked) ?? 0;
        var before = ToReservation(entity);
        var after = change(before, booked);
        if (after is null || after == before)
        {
            return (true, after);
        }

        List<TableTransactionAction> changes = [Put(ToEntity(partition, after), entity)];
        var taken = ReservationChanges.Taken(before, after);
        if (taken != 0)
        {
            changes.Add(Put(new TableEntity(partition, CounterKey) { [Booked] = booked + taken }, counter));
        }

        return (await table.TryChangeAsync(changes, cancellation), after);
    }

    private static TableTransactionAction Put(TableEntity entity, TableEntity? before) => before is null
        ? new TableTransactionAction(TableTransactionActionType.Add, entity)
        : new TableTransactionAction(TableTransactionActionType.UpdateReplace, entity, before.ETag);

    private static TableEntity ToEntity(string partition, Reservation reservation) => new(partition, RowKey(reservation.Id))
    {
        [nameof(Reservation.Id)] = reservation.Id,
        [nameof(Reservation.Leg)] = reservation.Leg.ToString(),
        [nameof(Reservation.Item)] = reservation.Item,
        [nameof(Reservation.State)] = reservation.State.ToString(),
        [nameof(Reservation.Attempts)] = reservation.Attempts,
        [nameof(Reservation.Confirmation)] = reservation.Confirmation,
    };

    private static Reservation? ToReservation(TableEntity? entity) => entity is null ? null : new Reservation(
        entity.GetString(nameof(Reservation.Id)),
        Enum.Parse<Leg>(entity.GetString(nameof(Reservation.Leg))),
        entity.GetString(nameof(Reservation.Item)),
        Enum.Parse<ReservationState>(entity.GetString(nameof(Reservation.State))),
        entity.GetInt32(nameof(Reservation.Attempts)) ?? 0,
        entity.GetString(nameof(Reservation.Confirmation)));

    private static string PartitionKey(Leg leg, string item) => $"{leg}-{TableKeys.Hash(ReservationChanges.ItemKey(item))}";

    private static string RowKey(string id) => $"r-{TableKeys.Escape(id)}";
}

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
        (await ChangeAsync(id, leg, item, before => ReservationChanges.CountAttempt(before, id, leg, item), cancellation))!.Attempts;

    /// <inheritdoc/>
    public async Task<Reservation?> BookAsync(
        string id, Leg leg, string item, string confirmation, int capacity, CancellationToken cancellation)
    {
        // Most are new: that is found out by adding it, without reading it first.
        var partition = PartitionKey(leg, item);
        var (isDone, result) = await TryAsync(isNew: true);
        return isDone ? result : await RetryAsync(partition, $"The {leg} '{item}'", () => TryAsync(isNew: false), cancellation);

        async Task<(bool IsDone, Reservation? Result)> TryAsync(bool isNew)
        {
            // The counter first: if all are taken then, and this one is not among them after that, others have taken them.
            var counter = await table.ReadAsync(partition, CounterKey, cancellation);
            var entity = isNew ? null : await table.ReadAsync(partition, RowKey(id), cancellation);
            var before = ToReservation(entity);
            var after = ReservationChanges.Book(before, id, leg, item, confirmation, Count(counter) < capacity);
            return after is null ? (!isNew, null)
                : after == before ? (true, after)
                : (await TryPutAsync(partition, entity, counter, before, after, cancellation), after);
        }
    }

    /// <inheritdoc/>
    public async Task<Reservation> UndoAsync(string id, Leg leg, string item, CancellationToken cancellation) =>
        (await ChangeAsync(id, leg, item, before => ReservationChanges.Undo(before, id, leg, item), cancellation))!;

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

    private Task<Reservation?> ChangeAsync(
        string id, Leg leg, string item, Func<Reservation?, Reservation> change, CancellationToken cancellation)
    {
        var partition = PartitionKey(leg, item);
        return RetryAsync(partition, $"The {leg} '{item}'", TryAsync, cancellation);

        async Task<(bool IsDone, Reservation? Result)> TryAsync()
        {
            var entity = await table.ReadAsync(partition, RowKey(id), cancellation);
            var before = ToReservation(entity);
            var after = change(before);
            var counter = ReservationChanges.Taken(before, after) == 0 ? null : await table.ReadAsync(partition, CounterKey, cancellation);
            return (after == before || await TryPutAsync(partition, entity, counter, before, after, cancellation), after);
        }
    }

    private async Task<Reservation?> RetryAsync(
        string partition, string what, Func<Task<(bool IsDone, Reservation? Result)>> tryAsync, CancellationToken cancellation)
    {
        var (isDone, result) = await tryAsync();
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
                (isDone, result) = await tryAsync();
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

        throw StoreTable.ConcurrencyRetriesExhausted(what);
    }

    private async Task<bool> TryPutAsync(
        string partition, TableEntity? entity, TableEntity? counter, Reservation? before, Reservation after, CancellationToken cancellation)
    {
        List<TableTransactionAction> changes = [Put(ToEntity(partition, after), entity)];
        var taken = ReservationChanges.Taken(before, after);
        if (taken != 0)
        {
            changes.Add(Put(new TableEntity(partition, CounterKey) { [Booked] = Count(counter) + taken }, counter));
        }

        return await table.TryChangeAsync(changes, cancellation) is not null;
    }

    private static int Count(TableEntity? counter) => counter?.GetInt32(Booked) ?? 0;

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

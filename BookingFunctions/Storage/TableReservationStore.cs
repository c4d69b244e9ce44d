using System.Globalization;
using System.Text;
using Azure;
using Azure.Data.Tables;
using BookingFunctions.Travel;

namespace BookingFunctions.Storage;

/// <summary>
/// Keeps reservations in an Azure table, one entity each. A change is written only if nobody else has changed the entity
/// since it was read (by its ETag); otherwise it is read and changed again.
/// </summary>
/// <param name="table">The table; created when the first reservation is written.</param>
public sealed class TableReservationStore(TableClient table) : IReservationStore
{
    /// <summary>The table's name.</summary>
    public const string TableName = "Reservations";

    // Each lost race means that another caller has got its change in, so it takes a crowd to lose them all.
    private const int MaxTries = 100;

    // One entity a partition: reservations are only ever looked up by their id.
    private const string RowKey = "reservation";

    /// <inheritdoc />
    public async Task<int> CountAttemptAsync(string id, Leg leg, string item, CancellationToken cancellation) =>
        (await ChangeAsync(id, before => ReservationChanges.CountAttempt(before, id, leg, item), cancellation)).Attempts;

    /// <inheritdoc />
    public Task<Reservation> BookAsync(string id, Leg leg, string item, string confirmation, CancellationToken cancellation) =>
        ChangeAsync(id, before => ReservationChanges.Book(before, id, leg, item, confirmation), cancellation);

    /// <inheritdoc />
    public Task<Reservation> UndoAsync(string id, Leg leg, CancellationToken cancellation) =>
        ChangeAsync(id, before => ReservationChanges.Undo(before, id, leg), cancellation);

    /// <inheritdoc />
    public async Task<Reservation?> FindAsync(string id, CancellationToken cancellation) =>
        ToReservation(await ReadAsync(id, cancellation));

    private async Task<Reservation> ChangeAsync(string id, Func<Reservation?, Reservation> change, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var entity = await ReadAsync(id, cancellation);
            var before = ToReservation(entity);
            var after = change(before);
            if (after == before)
            {
                return after;
            }

            try
            {
                await WriteAsync(after, entity?.ETag, cancellation);
                return after;
            }
            catch (RequestFailedException e) when (e.ErrorCode == "TableNotFound" && attempt < MaxTries)
            {
                await table.CreateIfNotExistsAsync(cancellation);
            }
            catch (RequestFailedException e) when (IsLostRace(e) && attempt < MaxTries)
            {
                // Read again: what is there now decides what the change makes of it.
            }
        }
    }

    private async Task<TableEntity?> ReadAsync(string id, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(PartitionKey(id), RowKey, cancellationToken: cancellation);
        return found.HasValue ? found.Value : null;
    }

    private async Task WriteAsync(Reservation reservation, ETag? unchangedSince, CancellationToken cancellation)
    {
        var entity = ToEntity(reservation);
        if (unchangedSince is { } etag)
        {
            await table.UpdateEntityAsync(entity, etag, TableUpdateMode.Replace, cancellation);
        }
        else
        {
            await table.AddEntityAsync(entity, cancellation);
        }
    }

    // 409: another caller has added the entity; 412: has changed it; 404: the entity that was read is gone.
    private static bool IsLostRace(RequestFailedException e) => e.Status is 404 or 409 or 412;

    private static TableEntity ToEntity(Reservation reservation) => new(PartitionKey(reservation.Id), RowKey)
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

    // Keys can't have slashes, '#', '?' and control characters: all but the plainest are written as _ and their code.
    private static string PartitionKey(string id)
    {
        var key = new StringBuilder(id.Length);
        foreach (var c in id)
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '-' or '.')
            {
                key.Append(c);
            }
            else
            {
                key.Append(CultureInfo.InvariantCulture, $"_{(int)c:x4}");
            }
        }

        return key.ToString();
    }
}

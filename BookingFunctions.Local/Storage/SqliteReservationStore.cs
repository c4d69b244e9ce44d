using System.Runtime.CompilerServices;
using BookingFunctions.Storage;
using BookingFunctions.Trips;
using DurableTask.Sqlite.Storage;

namespace BookingFunctions.Local.Storage;

/// <summary>Reservations in the SQLite file of the local host. One operation runs after the other, so each is atomic.</summary>
/// <param name="database">The open file, which has the <see cref="TripTables"/>; it stays the caller's to close.</param>
public sealed class SqliteReservationStore(SqliteDatabase database) : IReservationStore
{
    private const int PageSize = 500;

    /// <summary>The columns that <see cref="Read"/> reads.</summary>
    internal const string Columns = "leg, item, state, attempts, confirmation";

    /// <inheritdoc/>
    public async Task<int> CountAttemptAsync(string id, Leg leg, string item, CancellationToken cancellation) =>
        (await ChangeAsync(id, (_, before) => ReservationChanges.CountAttempt(before, id, leg, item), cancellation))!.Attempts;

    /// <inheritdoc/>
    public Task<Reservation?> BookAsync(
        string id, Leg leg, string item, string confirmation, int capacity, CancellationToken cancellation) => ChangeAsync(
            id,
            (session, before) => ReservationChanges.Book(before, id, leg, item, confirmation, Taken(session, leg, item) < capacity),
            cancellation);

    /// <inheritdoc/>
    public async Task<Reservation> UndoAsync(string id, Leg leg, string item, CancellationToken cancellation) =>
        (await ChangeAsync(id, (_, before) => ReservationChanges.Undo(before, id, leg, item), cancellation))!;

    /// <inheritdoc/>
    public Task<Reservation?> FindAsync(string id, Leg leg, string item, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(id);
        return database.ReadAsync(session => Find(session, id), cancellation);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Reservation> ListLiveAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        List<(long Row, Reservation Reservation)> page = [];
        do
        {
            var after = page.Count == 0 ? long.MinValue : page[^1].Row;
            page = await database.ReadAsync(session => ReadLive(session, after), cancellation);
            foreach (var (_, reservation) in page)
            {
                yield return reservation;
            }
        }
        while (page.Count == PageSize);
    }

    private static List<(long Row, Reservation Reservation)> ReadLive(SqliteSession session, long after)
    {
        var rows = session.Statement(
            $"""
            SELECT {Columns}, trip_numbers.id || part, position FROM reservations JOIN trip_numbers ON number = trip
            WHERE position > ? AND state = 'Booked' ORDER BY position LIMIT ?
            """).Bind(after).Bind(PageSize);
        List<(long, Reservation)> page = [];
        while (rows.Read())
        {
            page.Add((rows.Number(6), Read(rows, rows.Text(5))));
        }

        return page;
    }

    private static Reservation? Find(SqliteSession session, string id)
    {
        var (trip, part) = SqliteTripNumbers.Split(id);
        var row = session.Statement(
            $"SELECT {Columns} FROM reservations WHERE trip = {SqliteTripNumbers.OfId} AND part = ?").Bind(trip).Bind(part);
        return row.Read() ? Read(row, id) : null;
    }

    /// <summary>Reads a row.</summary>
    internal static Reservation Read(SqliteStatement row, string id) => new(
        id,
        Enum.Parse<Leg>(row.Text(0)),
        row.Text(1),
        Enum.Parse<ReservationState>(row.Text(2)),
        (int)row.Number(3),
        row.TextOrNull(4));

    private static long Taken(SqliteSession session, Leg leg, string item)
    {
        var row = session.Statement("SELECT number FROM taken WHERE leg = ? AND item = ?")
            .Bind(leg.ToString())
            .Bind(ReservationChanges.ItemKey(item));
        return row.Read() ? row.Number(0) : 0;
    }

    private async Task<Reservation?> ChangeAsync(
        string id, Func<SqliteSession, Reservation?, Reservation?> change, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(id);
        return await database.WriteEarlyAsync(session => Change(session, id, change), cancellation);
    }

    private static Reservation? Change(SqliteSession session, string id, Func<SqliteSession, Reservation?, Reservation?> change)
    {
        var before = Find(session, id);
        var after = change(session, before);
        if (after is null || after == before)
        {
            return after;
        }

        Write(session, after);
        var taken = ReservationChanges.Taken(before, after);
        if (taken != 0)
        {
            Take(session, after.Leg, after.Item, taken);
        }

        return after;
    }

    private static void Write(SqliteSession session, Reservation reservation)
    {
        var (trip, part) = SqliteTripNumbers.Split(reservation.Id);
        SqliteTripNumbers.Give(session, trip);
        session.Statement(
            $"""
            INSERT INTO reservations (trip, part, {Columns}) VALUES ({SqliteTripNumbers.OfId}, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (trip, part) DO UPDATE SET leg = excluded.leg, item = excluded.item, state = excluded.state,
              attempts = excluded.attempts, confirmation = excluded.confirmation
            """)
            .Bind(trip)
            .Bind(part)
            .Bind(reservation.Leg.ToString())
            .Bind(reservation.Item)
            .Bind(reservation.State.ToString())
            .Bind(reservation.Attempts)
            .Bind(reservation.Confirmation)
            .Run();
    }

    private static void Take(SqliteSession session, Leg leg, string item, int number) =>
        session.Statement(
            """
            INSERT INTO taken (leg, item, number) VALUES (?1, ?2, ?3)
            ON CONFLICT (leg, item) DO UPDATE SET number = number + ?3
            """)
            .Bind(leg.ToString())
            .Bind(ReservationChanges.ItemKey(item))
            .Bind(number)
            .Run();
}

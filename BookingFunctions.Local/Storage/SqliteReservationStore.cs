using System.Runtime.CompilerServices;
using BookingFunctions.Storage;
using BookingFunctions.Travel;
using LocalRuntime.Storage;

namespace BookingFunctions.Local.Storage;

/// <summary>Reservations in the SQLite file of the embedded host. Its one writer runs one operation after the other, so each is atomic.</summary>
public sealed class SqliteReservationStore : IReservationStore
{
    private const int PageSize = 500;

    private const string Columns = "leg, item, state, attempts, confirmation";

    // Reservations are appended, whosever they are. Numbers of trips are short, and ascend: those of trips that are being booked
    // share a page of the index.
    private const string Schema =
        """
        CREATE TABLE IF NOT EXISTS reservations (
          position INTEGER PRIMARY KEY,
          trip INTEGER NOT NULL,
          part TEXT NOT NULL,
          leg TEXT NOT NULL,
          item TEXT NOT NULL,
          state TEXT NOT NULL,
          attempts INTEGER NOT NULL,
          confirmation TEXT,
          UNIQUE (trip, part)) STRICT;
        CREATE TABLE IF NOT EXISTS taken (
          leg TEXT NOT NULL,
          item TEXT NOT NULL,
          number INTEGER NOT NULL,
          PRIMARY KEY (leg, item)) STRICT, WITHOUT ROWID;
        """;

    private readonly SqliteDatabase database;

    /// <summary>Makes the store of a file, and its tables if they are missing.</summary>
    /// <param name="database">The open file; it stays the caller's to close.</param>
    public SqliteReservationStore(SqliteDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        this.database = database;
        Ready = database.WriteAsync(session =>
        {
            session.RunScript(SqliteTripNumbers.Schema);
            Upgrade(session);
            session.RunScript(Schema);
            CountTaken(session);
        });
    }

    /// <summary>Completes once its tables are there, and up to date. Writes are queued behind it; only reads have to wait for it.</summary>
    internal Task Ready { get; }

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
    public async Task<Reservation?> FindAsync(string id, Leg leg, string item, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(id);
        await Ready.WaitAsync(cancellation);
        return await database.ReadAsync(session => Find(session, id), cancellation);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Reservation> ListLiveAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await Ready.WaitAsync(cancellation);
        List<(long Row, Reservation Reservation)> page = [];
        do
        {
            long after = page.Count == 0 ? long.MinValue : page[^1].Row;
            page = await database.ReadAsync(session => ReadLive(session, after), cancellation);
            foreach ((_, Reservation reservation) in page)
            {
                yield return reservation;
            }
        }
        while (page.Count == PageSize);
    }

    private static List<(long Row, Reservation Reservation)> ReadLive(SqliteSession session, long after)
    {
        SqliteStatement rows = session.Statement(
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
        (string trip, string part) = SqliteTripNumbers.Split(id);
        SqliteStatement row = session.Statement(
            $"SELECT {Columns} FROM reservations WHERE trip = (SELECT number FROM trip_numbers WHERE id = ?) AND part = ?").Bind(trip).Bind(part);
        return row.Read() ? Read(row, id) : null;
    }

    private static Reservation Read(SqliteStatement row, string id) =>
        new(id, Enum.Parse<Leg>(row.Text(0)), row.Text(1), Enum.Parse<ReservationState>(row.Text(2)), (int)row.Number(3), row.TextOrNull(4));

    private static long Taken(SqliteSession session, Leg leg, string item)
    {
        SqliteStatement row = session.Statement("SELECT number FROM taken WHERE leg = ? AND item = ?")
            .Bind(leg.ToString())
            .Bind(ReservationChanges.ItemKey(item));
        return row.Read() ? row.Number(0) : 0;
    }

    // A file from before items were counted has reservations, but no counts.
    private static void CountTaken(SqliteSession session)
    {
        if (session.Statement("SELECT 1 FROM taken LIMIT 1").Read())
        {
            return;
        }

        SqliteStatement rows = session.Statement("SELECT leg, item FROM reservations WHERE state = 'Booked'");
        while (rows.Read())
        {
            Take(session, Enum.Parse<Leg>(rows.Text(0)), rows.Text(1), 1);
        }
    }

    private async Task<Reservation?> ChangeAsync(
        string id, Func<SqliteSession, Reservation?, Reservation?> change, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(id);

        // A write that is in the queue can't be taken back: from there on, only the wait ends.
        cancellation.ThrowIfCancellationRequested();
        return await database.WriteAheadAsync(session => Change(session, id, change)).WaitAsync(cancellation);
    }

    private static Reservation? Change(SqliteSession session, string id, Func<SqliteSession, Reservation?, Reservation?> change)
    {
        Reservation? before = Find(session, id);
        Reservation? after = change(session, before);
        if (after is null || after == before)
        {
            return after;
        }

        Write(session, after);
        int taken = ReservationChanges.Taken(before, after);
        if (taken != 0)
        {
            Take(session, after.Leg, after.Item, taken);
        }

        return after;
    }

    private static void Write(SqliteSession session, Reservation reservation)
    {
        (string trip, string part) = SqliteTripNumbers.Split(reservation.Id);
        SqliteTripNumbers.Give(session, trip);
        session.Statement(
            $"""
            INSERT INTO reservations (trip, part, {Columns}) VALUES ((SELECT number FROM trip_numbers WHERE id = ?), ?, ?, ?, ?, ?, ?)
            ON CONFLICT (trip, part) DO UPDATE SET
              leg = excluded.leg, item = excluded.item, state = excluded.state, attempts = excluded.attempts, confirmation = excluded.confirmation
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

    private static void Upgrade(SqliteSession session)
    {
        if (!SqliteTripNumbers.IsMissingIn(session, "reservations"))
        {
            return;
        }

        session.RunScript($"ALTER TABLE reservations RENAME TO reservations_by_id; {Schema}");
        SqliteStatement rows = session.Statement($"SELECT {Columns}, id FROM reservations_by_id ORDER BY id");
        while (rows.Read())
        {
            Write(session, Read(rows, rows.Text(5)));
        }

        session.RunScript("DROP TABLE reservations_by_id");
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

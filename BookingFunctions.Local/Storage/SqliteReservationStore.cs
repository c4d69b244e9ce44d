using BookingFunctions.Storage;
using BookingFunctions.Travel;
using LocalRuntime.Storage;

namespace BookingFunctions.Local.Storage;

/// <summary>Reservations in the SQLite file of the embedded host. Its one writer runs one operation after the other, so each is atomic.</summary>
public sealed class SqliteReservationStore : IReservationStore
{
    private const string Schema =
        """
        CREATE TABLE IF NOT EXISTS reservations (
          id TEXT PRIMARY KEY,
          leg TEXT NOT NULL,
          item TEXT NOT NULL,
          state TEXT NOT NULL,
          attempts INTEGER NOT NULL,
          confirmation TEXT) STRICT, WITHOUT ROWID;
        """;

    private readonly SqliteDatabase database;

    // Writes are queued behind it; only reads have to wait for it.
    private readonly Task schema;

    /// <summary>Makes the store of a file, and its table if that is missing.</summary>
    /// <param name="database">The open file; it stays the caller's to close.</param>
    public SqliteReservationStore(SqliteDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        this.database = database;
        schema = database.EnsureSchemaAsync(Schema);
    }

    /// <inheritdoc/>
    public async Task<int> CountAttemptAsync(string id, Leg leg, string item, CancellationToken cancellation) =>
        (await ChangeAsync(id, before => ReservationChanges.CountAttempt(before, id, leg, item), cancellation)).Attempts;

    /// <inheritdoc/>
    public Task<Reservation> BookAsync(string id, Leg leg, string item, string confirmation, CancellationToken cancellation) =>
        ChangeAsync(id, before => ReservationChanges.Book(before, id, leg, item, confirmation), cancellation);

    /// <inheritdoc/>
    public Task<Reservation> UndoAsync(string id, Leg leg, CancellationToken cancellation) =>
        ChangeAsync(id, before => ReservationChanges.Undo(before, id, leg), cancellation);

    /// <inheritdoc/>
    public async Task<Reservation?> FindAsync(string id, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(id);
        await schema.WaitAsync(cancellation);
        return await database.ReadAsync(session => Find(session, id), cancellation);
    }

    private static Reservation? Find(SqliteSession session, string id)
    {
        SqliteStatement row = session.Statement("SELECT leg, item, state, attempts, confirmation FROM reservations WHERE id = ?").Bind(id);
        return row.Read()
            ? new Reservation(id, Enum.Parse<Leg>(row.Text(0)), row.Text(1), Enum.Parse<ReservationState>(row.Text(2)), (int)row.Number(3), row.TextOrNull(4))
            : null;
    }

    private async Task<Reservation> ChangeAsync(string id, Func<Reservation?, Reservation> change, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(id);

        // A write that is in the queue can't be taken back: from there on, only the wait ends.
        cancellation.ThrowIfCancellationRequested();
        return await database.WriteAsync(session => Change(session, id, change)).WaitAsync(cancellation);
    }

    private static Reservation Change(SqliteSession session, string id, Func<Reservation?, Reservation> change)
    {
        Reservation? before = Find(session, id);
        Reservation after = change(before);
        if (after != before)
        {
            session.Statement("INSERT OR REPLACE INTO reservations (id, leg, item, state, attempts, confirmation) VALUES (?, ?, ?, ?, ?, ?)")
                .Bind(id)
                .Bind(after.Leg.ToString())
                .Bind(after.Item)
                .Bind(after.State.ToString())
                .Bind(after.Attempts)
                .Bind(after.Confirmation)
                .Run();
        }

        return after;
    }
}

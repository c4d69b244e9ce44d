using System.Text.Json;
using BookingFunctions.Local.Storage;
using BookingFunctions.Saga;
using BookingFunctions.Storage;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Deciding;
using BookingFunctions.Trips.Listing;
using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Sqlite.History;
using DurableTask.Sqlite.Storage;

namespace BookingFunctions.Simulation.Disk;

/// <summary>What is committed, for the checks of a world.</summary>
/// <param name="file">The database.</param>
internal sealed class DiskView(InMemoryFile file)
{
    // The custom status is that of the latest turn that has changed it; an empty one is none.
    private const string Instances =
        """
        SELECT key, instance_id, name, status, completed_at IS NOT NULL,
          (SELECT COALESCE(MAX(turn) + 1, 0) FROM history WHERE instance_key = key), parent_instance_id, start, input,
          COALESCE(output, failure),
          (SELECT custom_status FROM history WHERE instance_key = key AND custom_status IS NOT NULL ORDER BY turn DESC LIMIT 1)
        FROM instances
        """;

    private const string Trips = $"SELECT {SqliteTripDirectory.Columns} FROM trips";

    private const string Reservations =
        $"SELECT {SqliteReservationStore.Columns}, id || part FROM reservations JOIN trip_numbers ON number = trip";

    private const string Messages = "SELECT id || part, trip_id, body, created_at FROM outbox JOIN trip_numbers ON number = trip";

    /// <summary>All instances.</summary>
    public IReadOnlyList<StoredInstance> ReadInstances() => ReadAll(Query($"{Instances} ORDER BY key"), ToInstance);

    /// <summary>The instances of the saga.</summary>
    public IReadOnlyList<StoredInstance> ReadTripInstances() =>
        ReadAll(Query($"{Instances} WHERE name IN ('BookTrip', 'CancelTrip') ORDER BY key"), ToInstance);

    /// <summary>An instance, or null.</summary>
    public StoredInstance? FindInstance(string id) =>
        ReadAll(Query($"{Instances} WHERE instance_id = ?").Bind(id), ToInstance).SingleOrDefault();

    /// <summary>The history of an instance.</summary>
    public IReadOnlyList<HistoryEvent> ReadHistory(long key) => HistoryRows.Read(file.Committed, key)?.ReadEvents() ?? [];

    /// <summary>Whether an activity of an instance's execution is in its history or, if that was replaced, in a row of its own.</summary>
    public bool HasScheduled(OrchestrationInstance instance, int taskId)
    {
        return Find("SELECT key FROM instances").SelectMany(ReadHistory).Any(item => item is TaskScheduledEvent && item.EventId == taskId)
            || Find("SELECT id FROM activities").Count > 0;

        List<long> Find(string select) => ReadAll(
            Query($"{select} WHERE instance_id = ? AND execution_id = ?").Bind(instance.InstanceId).Bind(instance.ExecutionId),
            row => row.Number(0));
    }

    /// <summary>The trips of the directory.</summary>
    public IReadOnlyList<TripRow> ReadTrips() => ReadAll(Query($"{Trips} ORDER BY number"), SqliteTripDirectory.Read);

    /// <summary>A trip of the directory, or null.</summary>
    public TripRow? FindTrip(string id) => ReadAll(Query($"{Trips} WHERE id = ?").Bind(id), SqliteTripDirectory.Read).SingleOrDefault();

    /// <summary>The reservations of all trips.</summary>
    public IReadOnlyList<Reservation> ReadReservations() => ReadAll(Query($"{Reservations} ORDER BY position"), ToReservation);

    /// <summary>A reservation, or null.</summary>
    public Reservation? FindReservation(string id) =>
        ReadAll(Query($"{Reservations} WHERE id || part = ?").Bind(id), ToReservation).SingleOrDefault();

    /// <summary>How many of an item are counted as booked.</summary>
    public long CountTaken(Leg leg, string item)
    {
        var row = Query("SELECT COALESCE(SUM(number), 0) FROM taken WHERE leg = ? AND item = ?")
            .Bind(leg.ToString()).Bind(ReservationChanges.ItemKey(item));
        return ReadAll(row, found => found.Number(0)).Single();
    }

    /// <summary>The operators' decisions.</summary>
    public IReadOnlyList<KeptDecision> ReadDecisions() => ReadAll(
        Query("SELECT id, decision, is_delivered FROM undo_decisions JOIN trip_numbers ON number = trip ORDER BY trip, failure"),
        row => new KeptDecision(row.Text(0), JsonSerializer.Deserialize<UndoDecision>(row.Text(1))!, row.Number(2) != 0));

    /// <summary>The messages to travelers.</summary>
    public IReadOnlyList<OutboxMessage> ReadMessages() => ReadAll(Query($"{Messages} ORDER BY position"), ToMessage);

    /// <summary>A message, or null.</summary>
    public OutboxMessage? FindMessage(string id) =>
        ReadAll(Query($"{Messages} WHERE id || part = ?").Bind(id), ToMessage).SingleOrDefault();

    /// <summary>The messages to instances that no turn has consumed: a line each.</summary>
    public IReadOnlyList<string> ReadInbox() => ReadAll(
        Query("SELECT instance_id, event FROM inbox LEFT JOIN instances ON key = instance_key"),
        row => $"'{row.TextOrNull(0)}' {row.Text(1)}");

    /// <summary>The activities that no instance waits for, and that have not run: a line each.</summary>
    public IReadOnlyList<string> ReadDetachedActivities() => ReadAll(Query("SELECT event FROM activities"), row => row.Text(0));

    private SqliteStatement Query(string sql) => file.Committed.Statement(sql);

    private static List<T> ReadAll<T>(SqliteStatement rows, Func<SqliteStatement, T> read)
    {
        List<T> all = [];
        while (rows.Read())
        {
            all.Add(read(rows));
        }

        rows.Reset();
        return all;
    }

    private static StoredInstance ToInstance(SqliteStatement row) => new(
        row.Number(0),
        row.Text(1),
        row.Text(2),
        (OrchestrationStatus)row.Number(3),
        row.Number(4) != 0,
        (int)row.Number(5),
        row.TextOrNull(6),
        row.Text(7),
        row.TextOrNull(8),
        row.TextOrNull(9),
        row.TextOrNull(10) is { Length: > 0 } status ? status : null);

    private static Reservation ToReservation(SqliteStatement row) => SqliteReservationStore.Read(row, row.Text(5));

    private static OutboxMessage ToMessage(SqliteStatement row) =>
        new(row.Text(0), row.Text(1), row.Text(2), new DateTimeOffset(row.Time(3)));
}

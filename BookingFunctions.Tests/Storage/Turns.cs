using DurableTask.Core;
using LocalRuntime.Storage;

namespace BookingFunctions.Tests.Storage;

/// <summary>
/// Turns that touch every table, so that half of one shows: each replaces its instance's message, activity and timer; the
/// fifth starts a child; every tenth drops the history.
/// </summary>
internal static class Turns
{
    private const long MessagesAnInstance = 1_000_000;

    // What the last turn has set as the custom status is beside its events.
    private const string LastTurns =
        """
        SELECT key, instance_id, CAST(coalesce(
          (SELECT history.custom_status FROM history WHERE instance_key = key ORDER BY turn DESC LIMIT 1), '0') AS INTEGER) AS last
        FROM instances WHERE parent_instance_id IS NULL
        """;

    // Finds what no number of whole turns leaves behind.
    private const string Halves =
        $"""
        WITH trips AS ({LastTurns})
        SELECT instance_id || ' after turn ' || last FROM trips WHERE
          (SELECT count(*) FROM history WHERE instance_key = key) <> CASE WHEN last < 10 THEN last ELSE last % 10 + 1 END
          OR coalesce((SELECT max(turn) FROM history WHERE instance_key = key), 0) <> last
          OR EXISTS (SELECT 1 FROM history WHERE instance_key = key AND events <> '[' || turn || ']')
          OR (SELECT group_concat(message_id) FROM inbox WHERE instance_key = key) IS NOT CAST(key * 1000000 + last AS TEXT)
          OR (SELECT group_concat(activity_id || ' ' || task_id) FROM activities WHERE instance_key = key)
            IS NOT CASE WHEN last > 0 THEN (key * 1000000 + last) || ' ' || last END
          OR (SELECT group_concat(timer_id) FROM timers WHERE instance_key = key) IS NOT CASE WHEN last > 0 THEN CAST(last AS TEXT) END
          OR (SELECT count(*) FROM instances child JOIN inbox ON instance_key = child.key
              WHERE parent_instance_id = trips.instance_id AND child.key = trips.key + 1 AND message_id = child.key * 1000000) <> (last >= 5)
        UNION ALL SELECT 'history of nobody' FROM history WHERE instance_key NOT IN (SELECT key FROM instances)
        UNION ALL SELECT 'message to nobody' FROM inbox WHERE instance_key NOT IN (SELECT key FROM instances)
        UNION ALL SELECT 'activity of nobody' FROM activities WHERE instance_key NOT IN (SELECT key FROM instances)
        UNION ALL SELECT 'timer of nobody' FROM timers WHERE instance_key NOT IN (SELECT key FROM instances)
        UNION ALL SELECT name || ' is given again' FROM high_water WHERE value <
          CASE name WHEN 'instance_key' THEN (SELECT max(key) FROM instances) ELSE (SELECT max(message_id) FROM inbox) END
        UNION ALL SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'
        """;

    /// <summary>The key of an instance, from 0: the one after it is its child's.</summary>
    public static long KeyOf(int instance) => (2L * instance) + 1;

    public static string IdOf(long key) => $"trip-{key}";

    public static Task CreateAsync(IOrchestrationStore store, long key) =>
        store.CreateAsync(new NewInstance(Row(key, IdOf(key)), Message(key, 0, IdOf(key))), []);

    public static Task CommitAsync(IOrchestrationStore store, long key, int turn)
    {
        string id = IdOf(key);
        return store.CommitAsync(new TurnCommit
        {
            Row = Row(key, id) with { CustomStatus = $"{turn}" },
            Turn = turn,
            Events = $"[{turn}]",
            DropsHistory = turn % 10 == 0,
            ConsumedMessages = [IdOf(key, turn - 1)],
            Messages = [Message(key, turn, id)],
            FinishedActivities = [IdOf(key, turn - 1)],
            Activities = [new ScheduledActivity(IdOf(key, turn), key, id, "1", turn, "BookCar", null, null)],
            FinishedTimers = [turn - 1],
            Timers = [new ScheduledTimer(key, id, "x", turn, DateTime.UnixEpoch)],
            Children = turn == 5
                ? [new NewInstance(Row(key + 1, $"{id}-child") with { ParentInstanceId = id }, Message(key + 1, 0, $"{id}-child"))]
                : [],
        });
    }

    /// <summary>Reads the last turn of each instance, and makes sure that there are no halves.</summary>
    public static async Task<Dictionary<long, int>> CheckAsync(SqliteDatabase database)
    {
        Assert.Empty(await database.ReadAsync(session => Read(session, Halves, row => row.Text(0)), default));
        return await ReadLastAsync(database);
    }

    public static async Task<Dictionary<long, int>> ReadLastAsync(SqliteDatabase database) =>
        (await database.ReadAsync(
            session => Read(
                session,
                LastTurns,
                row => (Key: row.Number(0), Turn: (int)row.Number(2))),
            default)).ToDictionary(row => row.Key, row => row.Turn);

    private static List<T> Read<T>(SqliteSession session, string sql, Func<SqliteStatement, T> read)
    {
        List<T> rows = [];
        SqliteStatement statement = session.Statement(sql);
        while (statement.Read())
        {
            rows.Add(read(statement));
        }

        return rows;
    }

    private static long IdOf(long key, int turn) => (key * MessagesAnInstance) + turn;

    private static InstanceMessage Message(long key, int turn, string id) => new(IdOf(key, turn), id, "next");

    private static InstanceRow Row(long key, string id) => new()
    {
        Key = key,
        InstanceId = id,
        ExecutionId = "1",
        Name = "BookTrip",
        Status = OrchestrationStatus.Running,
        CreatedAt = DateTime.UnixEpoch,
        UpdatedAt = DateTime.UnixEpoch,
    };
}

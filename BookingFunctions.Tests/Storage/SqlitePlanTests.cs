using BookingFunctions.Tests.EndToEnd;
using DurableTask.Core;
using LocalRuntime.Storage;
using SQLitePCL;

namespace BookingFunctions.Tests.Storage;

/// <summary>How much SQLite does for an answer, counted in its own steps, and how it goes about it.</summary>
public sealed class SqlitePlanTests : IDisposable
{
    private const int Many = 200_000;
    private const int Open = 10;

    private readonly DataFile few = new();
    private readonly DataFile many = new();

    public void Dispose()
    {
        few.Dispose();
        many.Dispose();
    }

    [Fact]
    public async Task The_work_to_open_a_store_a_page_and_a_sweep_does_not_grow_with_the_instances_that_have_ended()
    {
        await using SqliteDatabase small = await CreateAsync(few.Path, ended: 1000);
        await using SqliteDatabase large = await CreateAsync(many.Path, ended: Many);

        await SameAsync(SqliteOpenWork.Read);
        await SameAsync(session => Query(session, new InstanceQuery()));
        await SameAsync(session => Query(session, new InstanceQuery { FromInstanceId = "ended-0000500" }));
        await SameAsync(session => Query(session, new InstanceQuery { Statuses = [OrchestrationStatus.Running, OrchestrationStatus.Failed] }));
        await SameAsync(session => Query(session, new InstanceQuery { InstanceIdPrefix = "open-" }));
        await SameAsync(session => Query(session, new InstanceQuery { ParentInstanceId = "open-1" }));
        await SameAsync(session => SqliteRetention.Purge(session, DateTime.UnixEpoch, RetentionPosition.Start, 100));
        Assert.InRange(await StepsAsync(large, session => Query(session, new InstanceQuery { FromInstanceId = $"ended-{Many - 200:0000000}" })), 1, 10_000);

        OpenWork work = await new SqliteOrchestrationStore(large).ReadOpenWorkAsync(default);
        Assert.Equal((Open, Open, Open), (work.InstancesWithMessages.Count, work.Activities.Count, work.Timers.Count));

        async Task SameAsync(Func<SqliteSession, object> read) => Assert.Equal(await StepsAsync(small, read), await StepsAsync(large, read));
    }

    [Fact]
    public async Task No_question_is_answered_by_looking_at_all_instances_or_by_sorting_them()
    {
        await using SqliteDatabase database = await CreateAsync(few.Path, ended: 10);
        SqliteOrchestrationStore store = new(database);
        InstanceQuery[] queries =
        [
            new(),
            new() { FromInstanceId = "b", WithPayloads = false },
            new() { InstanceIdPrefix = "trip-" },
            new() { Statuses = [OrchestrationStatus.Running] },
            new() { Statuses = [OrchestrationStatus.Completed, OrchestrationStatus.Failed, OrchestrationStatus.Terminated], FromInstanceId = "b" },
            new() { ParentInstanceId = "trip" },
            new() { ParentInstanceId = "trip", Statuses = [OrchestrationStatus.Running, OrchestrationStatus.Pending] },
            new() { CreatedFrom = DateTime.UnixEpoch, CreatedTo = DateTime.UnixEpoch, CompletedFrom = DateTime.UnixEpoch, CompletedTo = DateTime.UnixEpoch },
        ];

        foreach (string plan in await database.ReadAsync(session => queries.Select(SqliteInstanceQuery.Sql).Select(sql => Plan(session, sql)).ToList(), default))
        {
            Assert.Contains("SEARCH instances USING INDEX", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("SCAN", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
        }

        Assert.All(queries, query => Assert.DoesNotContain("OFFSET", SqliteInstanceQuery.Sql(query), StringComparison.OrdinalIgnoreCase));
        await store.ReadOpenWorkAsync(default);
    }

    [Fact]
    public async Task Whatever_the_store_reads_or_writes_it_finds_instances_and_their_history_by_an_index()
    {
        await using SqliteDatabase database = await CreateAsync(few.Path, ended: 10);
        SqliteOrchestrationStore store = new(database);
        await Turns.CreateAsync(store, 9001);
        for (int turn = 1; turn <= 10; turn++)
        {
            await Turns.CommitAsync(store, 9001, turn);
        }

        await store.PurgeAsync(["ended-0000001"]);
        await database.WriteAsync(session => SqliteRetention.Purge(session, DateTime.MaxValue, RetentionPosition.Start, 100));
        List<string> written = await database.WriteAsync(Statements);
        List<string> read = await database.ReadAsync(
            session =>
            {
                SqliteOpenWork.Read(session);
                SqliteInstances.Read(session, "trip-9001");
                return Statements(session);
            },
            default);

        foreach (string sql in written.Concat(read))
        {
            string plan = await database.WriteAsync(session => Plan(session, sql));
            Assert.DoesNotMatch("SCAN (instances|history|parent|child)", plan);
        }

        Assert.InRange(written.Count, 15, 60);
    }

    private static InstancePage Query(SqliteSession session, InstanceQuery query) => SqliteInstanceQuery.Read(session, query, default);

    // What a connection has prepared so far.
    private static List<string> Statements(SqliteSession session) =>
        [.. session.Texts.Where(sql => sql.Split(' ')[0] is "SELECT" or "INSERT" or "UPDATE" or "DELETE")];

    private static string Plan(SqliteSession session, string sql)
    {
        List<string> lines = [sql];
        SqliteStatement statement = session.Statement($"EXPLAIN QUERY PLAN {sql}");
        while (statement.Read())
        {
            lines.Add(statement.Text(3));
        }

        return string.Join('\n', lines);
    }

    // Counts the instructions of SQLite's virtual machine: they are the same whenever the same is done.
    private static Task<long> StepsAsync(SqliteDatabase database, Func<SqliteSession, object> read) => database.WriteAsync(session =>
    {
        // Prepared before, which takes no steps of its own then.
        read(session);
        long steps = 0;
        raw.sqlite3_progress_handler(session.Handle, 1, _ => ++steps < 0 ? 1 : 0, null);
        read(session);
        raw.sqlite3_progress_handler(session.Handle, 0, null, null);
        return steps;
    });

    private static async Task<SqliteDatabase> CreateAsync(string path, int ended)
    {
        SqliteDatabase database = SqliteDatabase.Open(path);
        await database.WriteAsync(session => session.RunScript(
            $"""
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {ended})
            INSERT INTO instances (key, instance_id, execution_id, name, status, created_at, updated_at, completed_at, input, output)
              SELECT 1000 + i, printf('ended-%07d', i), '1', 'BookTrip', {(int)OrchestrationStatus.Completed}, i, i,
                {DateTime.UnixEpoch.Ticks} + i, 'in', 'out' FROM n;
            INSERT INTO history (instance_key, turn, events) SELECT key, 1, '[]' FROM instances;
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Open})
            INSERT INTO instances (key, instance_id, execution_id, name, status, created_at, updated_at)
              SELECT i, 'open-' || i, '1', 'BookTrip', {(int)OrchestrationStatus.Running}, i, i FROM n;
            INSERT INTO inbox (instance_key, message_id, event) SELECT key, key, '' FROM instances WHERE key <= {Open};
            INSERT INTO activities (instance_key, activity_id, execution_id, task_id, name) SELECT key, key, '1', 1, 'BookCar' FROM instances WHERE key <= {Open};
            INSERT INTO timers (instance_key, timer_id, fire_at) SELECT key, 1, 1 FROM instances WHERE key <= {Open};
            """));
        return database;
    }
}

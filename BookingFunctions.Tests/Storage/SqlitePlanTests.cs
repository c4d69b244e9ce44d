using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Core.Query;
using DurableTask.Sqlite;
using DurableTask.Sqlite.Instances;
using DurableTask.Sqlite.Queries;
using DurableTask.Sqlite.Retention;
using DurableTask.Sqlite.Storage;
using DurableTask.Sqlite.Work;
using SQLitePCL;

namespace BookingFunctions.Tests.Storage;

/// <summary>How much SQLite does for an answer, counted in its own steps, and how it goes about it.</summary>
public sealed class SqlitePlanTests : IDisposable
{
    private const int Many = 100_000;
    private const int Open = 10;

    private readonly StoreFile few = new();
    private readonly StoreFile many = new();

    public void Dispose()
    {
        few.Dispose();
        many.Dispose();
    }

    [Fact]
    public async Task The_work_to_open_a_store_a_page_and_a_sweep_does_not_grow_with_the_instances_that_have_ended()
    {
        await using var small = await CreateAsync(few, ended: 1000);
        await using var large = await CreateAsync(many, ended: Many);

        await SameAsync(StoredWork.Read);
        await SameAsync(session => Query(session, new OrchestrationQuery()));
        await SameAsync(session => InstanceFilter.Read(session, new OrchestrationQuery { PageSize = 100 }, after: "ended-0000500"));
        OrchestrationQuery withStatuses = new() { RuntimeStatus = [OrchestrationStatus.Running, OrchestrationStatus.Failed] };
        await SameAsync(session => Query(session, withStatuses));
        await SameAsync(session => Query(session, new OrchestrationQuery { RuntimeStatus = [OrchestrationStatus.Pending] }));
        await SameAsync(session => Query(session, new OrchestrationQuery { InstanceIdPrefix = "open-" }));
        await SameAsync(session => Query(session, new OrchestrationQuery { InstanceIdPrefix = "e" }));
        await SameAsync(session => Query(session, new OrchestrationQuery { InstanceIdPrefix = "a" }));
        await SameAsync(session => RetentionBatch.Purge(session, DateTime.UnixEpoch, RetentionPosition.Start, 100));

        Assert.Equal(Open, (await large.ReadAsync(StoredWork.Read, default)).Instances.Count);

        async Task SameAsync(Func<SqliteSession, object> read)
        {
            var steps = await StepsAsync(small, read);
            Assert.InRange(await StepsAsync(large, read), 1, steps + (steps / 10));
        }
    }

    [Fact]
    public async Task No_query_sorts_and_each_goes_along_an_index()
    {
        await using var database = await CreateAsync(few, ended: 10);
        OrchestrationQuery[] queries =
        [
            new(),
            new() { FetchInputsAndOutputs = false },
            new() { InstanceIdPrefix = "trip-" },
            new() { RuntimeStatus = [OrchestrationStatus.Running] },
            new() { RuntimeStatus = [OrchestrationStatus.Completed, OrchestrationStatus.Failed, OrchestrationStatus.Terminated] },
            new() { RuntimeStatus = [OrchestrationStatus.Running, OrchestrationStatus.Pending, OrchestrationStatus.Suspended] },
            new() { CreatedTimeFrom = DateTime.UnixEpoch, CreatedTimeTo = DateTime.UnixEpoch },
        ];

        await database.WriteAsync(session =>
        {
            foreach (var query in queries)
            {
                Query(session, query);
            }
        });

        var statements = (await database.WriteAsync(Statements)).Where(sql => sql.Contains("LIMIT", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(statements);
        foreach (var sql in statements)
        {
            var plan = await database.WriteAsync(session => Plan(session, sql));
            Assert.Contains("SEARCH instances USING INDEX", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("SCAN instances", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("OFFSET", sql, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task The_service_finds_instances_and_their_history_by_an_index()
    {
        await using var database = await CreateAsync(few, ended: 10);
        using SqliteOrchestrationService service = new(database, new SqliteOrchestrationServiceSettings());
        await service.SendTaskOrchestrationMessageAsync(new TaskMessage
        {
            OrchestrationInstance = new OrchestrationInstance { InstanceId = "open-1" },
            Event = new EventRaisedEvent(-1, "\"x\"") { Name = "Go" },
        });
        await service.ForceTerminateTaskOrchestrationAsync("open-2", "why");
        await service.PurgeInstanceStateAsync("ended-0000001");
        await service.PurgeInstanceStateAsync(
            new PurgeInstanceFilter(DateTime.MinValue, DateTime.MaxValue, [OrchestrationStatus.Completed]));
        await database.WriteAsync(session => RetentionBatch.Purge(session, DateTime.MaxValue, RetentionPosition.Start, 100));
        await database.WriteAsync(session => StoredWork.Read(session));
        await database.WriteAsync(session => InstanceStates.Find(session, "open-3"));

        var statements = await database.WriteAsync(Statements);
        foreach (var sql in statements)
        {
            var plan = await database.WriteAsync(session => Plan(session, sql));
            Assert.DoesNotMatch("SCAN (instances|history|inbox|parent|child)( |$)", plan);
        }

        Assert.InRange(statements.Count, 10, 60);
    }

    private static OrchestrationQueryResult Query(SqliteSession session, OrchestrationQuery query)
    {
        query.PageSize = 100;
        return InstanceFilter.Read(session, query, after: null);
    }

    // What a connection has prepared so far.
    private static List<string> Statements(SqliteSession session) =>
        [.. session.Texts.Where(sql => sql.Split(' ', '\n')[0] is "SELECT" or "INSERT" or "UPDATE" or "DELETE")];

    private static string Plan(SqliteSession session, string sql)
    {
        List<string> lines = [sql];
        var statement = session.Statement($"EXPLAIN QUERY PLAN {sql}");
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
        session.ResetStatements();
        long steps = 0;
        raw.sqlite3_progress_handler(session.Handle, 1, _ => ++steps < 0 ? 1 : 0, null);
        read(session);
        raw.sqlite3_progress_handler(session.Handle, 0, null, null);
        return steps;
    });

    // Starts instances, and adds some that have ended as copies of one of them.
    private static async Task<SqliteDatabase> CreateAsync(StoreFile file, int ended)
    {
        var database = file.Open();
        using SqliteOrchestrationService service = new(database, new SqliteOrchestrationServiceSettings());
        foreach (var number in Enumerable.Range(1, Open))
        {
            OrchestrationInstance instance = new() { InstanceId = $"open-{number}", ExecutionId = "1" };
            await service.CreateTaskOrchestrationAsync(new TaskMessage
            {
                OrchestrationInstance = instance,
                Event = new ExecutionStartedEvent(-1, "1") { Name = "BookTrip", Version = "", OrchestrationInstance = instance },
            });
        }

        await database.WriteAsync(session => session.RunScript(
            $"""
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {ended})
            INSERT INTO instances (key, instance_id, execution_id, status, created_at, updated_at, completed_at, start, name, input, output)
              SELECT 1000 + i, printf('ended-%07d', i), '1', {(int)OrchestrationStatus.Completed}, i, i, {DateTime.UnixEpoch.Ticks} + i,
                start, name, '1', '2'
              FROM n, instances WHERE instance_id = 'open-1';
            INSERT INTO history (instance_key, turn, updated_at, events) SELECT key, 1, 1, '[]' FROM instances WHERE key > 1000;
            """));
        return database;
    }
}

using LocalRuntime.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Tests.Engine;

/// <summary>Activities that are told of what they write before it is durable.</summary>
public sealed class AheadWriteTests
{
    [Fact]
    public async Task An_activity_runs_again_if_what_it_has_written_is_lost_and_its_first_outcome_is_never_seen()
    {
        var runs = 0;
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc<string>("Ask", context => context.CallActivityAsync<string>("Write"))
            .AddActivityFunc<string>("Write", _ =>
            {
                var run = Interlocked.Increment(ref runs);
                AheadWrites.Current!.Add(run == 1 ? Task.FromException(new IOException("The disk is full.")) : Task.CompletedTask);
                return $"run {run}";
            }));

        OrchestrationMetadata ended = await engine.RunAsync("Ask", null);

        Assert.Equal(("\"run 2\"", 2), (ended.SerializedOutput, runs));
    }

    [Fact]
    public async Task A_write_that_is_ahead_is_durable_with_the_turn_that_tells_of_it()
    {
        using EndToEnd.DataFile file = new();
        await using (SqliteDatabase database = SqliteDatabase.Open(file.Path))
        {
            await database.EnsureSchemaAsync("CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY) STRICT");
            await using var engine = await TestEngine.StartAsync(
                tasks => tasks
                    .AddOrchestratorFunc<int>("Ask", context => context.CallActivityAsync<int>("Write"))
                    .AddActivityFunc<int>("Write", async _ => await database.WriteAheadAsync(
                        session => session.Statement("INSERT INTO notes DEFAULT VALUES").Run())),
                new SqliteOrchestrationStore(database));

            OrchestrationMetadata ended = await engine.RunAsync("Ask", null);

            Assert.Equal("1", ended.SerializedOutput);
            Assert.Equal(1, await database.ReadAsync(session => session.Number("SELECT count(*) FROM notes"), default));
        }
    }

    [Fact]
    public async Task What_rests_on_a_write_that_is_lost_when_its_group_is_made_again_is_lost_with_it()
    {
        using EndToEnd.DataFile file = new();
        await using SqliteDatabase database = SqliteDatabase.Open(file.Path);
        await database.EnsureSchemaAsync("CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY) STRICT");
        AheadWrites activity = new();
        activity.Collect();
        Task<int>? turn = null;
        Task<int>? failing = null;

        // What it queues comes into its own group, which is made again because of the last one.
        int told = await database.WriteAheadAsync(session =>
        {
            if (turn is not null)
            {
                throw new IOException("The disk is failing.");
            }

            turn = database.WriteAsync(Add);
            failing = database.WriteAsync<int>(_ => throw new InvalidOperationException("on purpose"));
            return Add(session);
        });

        Assert.Equal(1, told);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => turn!);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => failing!);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Assert.Single(activity.Taken));
        Assert.Equal(0, await database.ReadAsync(session => session.Number("SELECT count(*) FROM notes"), default));

        static int Add(SqliteSession session) => session.Statement("INSERT INTO notes DEFAULT VALUES").Run();
    }

    [Fact]
    public async Task A_write_that_has_failed_is_not_made_when_its_group_is_made_again_as_others_were_told_what_came_of_that()
    {
        using EndToEnd.DataFile file = new();
        await using SqliteDatabase database = SqliteDatabase.Open(file.Path);
        await database.EnsureSchemaAsync("CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY) STRICT");
        AheadWrites activity = new();
        activity.Collect();
        TaskCompletionSource<Task<long>> second = new(), third = new();
        int runs = 0;

        // Each queues the next one, which comes into its group; the last one has that made again.
        Task<long> first = database.WriteAheadAsync(session =>
        {
            if (++runs == 1)
            {
                activity.Collect();
                second.SetResult(database.WriteAheadAsync(other =>
                {
                    third.TrySetResult(database.WriteAsync<long>(_ => throw new InvalidOperationException("on purpose")));
                    return Add(other);
                }));
            }

            return runs <= 2 ? throw new IOException("The disk is failing.") : Add(session);
        });

        await Assert.ThrowsAsync<IOException>(() => first);
        Assert.Equal(1, await await second.Task);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await await third.Task);
        Assert.Equal(1, await database.ReadAsync(session => session.Number("SELECT count(*) FROM notes"), default));

        static long Add(SqliteSession session)
        {
            session.Statement("INSERT INTO notes DEFAULT VALUES").Run();
            return session.Number("SELECT count(*) FROM notes");
        }
    }

    [Fact]
    public async Task Outside_of_activities_it_is_durable_when_its_task_completes()
    {
        using EndToEnd.DataFile file = new();
        await using SqliteDatabase database = SqliteDatabase.Open(file.Path);
        await database.EnsureSchemaAsync("CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY) STRICT");

        await database.WriteAheadAsync(session => session.Statement("INSERT INTO notes DEFAULT VALUES").Run());

        Assert.Equal(1, await database.ReadAsync(session => session.Number("SELECT count(*) FROM notes"), default));
    }
}

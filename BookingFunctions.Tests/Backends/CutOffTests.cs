using DurableTask.Core.History;

namespace BookingFunctions.Tests.Backends;

/// <summary>
/// A worker that is cut off: what it does afterwards no longer reaches the file. On Azure Storage that takes a process that is killed,
/// which is tested through the local host.
/// </summary>
public sealed class CutOffTests : Contract<SqliteBackend>
{
    private int calls;

    [Fact]
    public async Task An_activity_that_a_dead_worker_held_is_done_again()
    {
        var isStarted = new TaskCompletionSource();
        var isOver = new TaskCompletionSource();
        Hub.Tasks
            .Orchestrator<string>("Calls", context => context.CallActivityAsync<string>("Slow", 1))
            .Activity<int, string>("Slow", async (_, _) =>
            {
                if (Interlocked.Increment(ref calls) == 1)
                {
                    isStarted.SetResult();
                    await isOver.Task;
                }

                return $"attempt {calls}";
            });
        var worker = await Hub.StartAsync();
        await Hub.ScheduleAsync("Calls", id: "c");
        await isStarted.Task;
        await Hub.StopAsync(worker, isForced: true);

        await Hub.StartAsync();

        Assert.Equal("attempt 2", TestHub.Output<string>(await Hub.WaitAsync("c")));
        isOver.SetResult();
    }

    [Fact]
    public async Task A_turn_that_a_dead_worker_held_is_done_again()
    {
        var turns = 0;
        var isOver = new TaskCompletionSource();
        var isStarted = new TaskCompletionSource();
        Hub.Tasks.Orchestrator<string>("Runs", _ => Task.FromResult("ran"));
        var worker = await Hub.StartAsync(worker => worker.AddOrchestrationDispatcherMiddleware(async (_, next) =>
        {
            if (Interlocked.Increment(ref turns) == 1)
            {
                isStarted.SetResult();
                await isOver.Task;
                throw new InvalidOperationException("dead");
            }

            await next();
        }));
        await Hub.ScheduleAsync("Runs", id: "r");
        await isStarted.Task;
        await Hub.StopAsync(worker, isForced: true);

        await Hub.StartAsync();

        Assert.Equal("ran", TestHub.Output<string>(await Hub.WaitAsync("r")));
        isOver.SetResult();
    }

    [Fact]
    public async Task Many_instances_survive_that_their_worker_is_cut_off_in_the_middle()
    {
        Hub.Tasks
            .Orchestrator<int, int>("Trip", async (context, n) =>
            {
                for (var leg = 0; leg < 5; leg++)
                {
                    n = await context.CallActivityAsync<int>("PlusOne", n);
                }

                return n;
            })
            .Activity<int, int>("PlusOne", n => n + 1);
        var worker = await Hub.StartAsync();
        var ids = Enumerable.Range(0, 15).Select(n => $"t{n}").ToArray();
        await Task.WhenAll(ids.Select((id, n) => Hub.ScheduleAsync("Trip", n, id)));
        await Hub.StopAsync(worker, isForced: true);

        await Hub.StartAsync();

        var outputs = await Task.WhenAll(ids.Select(async id => TestHub.Output<int>(await Hub.WaitAsync(id))));
        Assert.Equal(Enumerable.Range(5, 15), outputs);
        foreach (var id in ids)
        {
            Assert.Equal(5, (await Hub.HistoryAsync(id)).OfType<TaskCompletedEvent>().Count());
        }
    }
}

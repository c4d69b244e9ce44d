using LocalRuntime.Engine;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Tests.Engine;

/// <summary>Events keep their order, and none is lost, when an instance continues as new while they come in.</summary>
public class ContinueAsNewOrderTests
{
    private readonly TaskCompletionSource activityRuns = new();
    private readonly TaskCompletionSource activityMayEnd = new();
    private readonly TaskCompletionSource engineIsBusy = new();
    private readonly ManualResetEventSlim engineMayGoOn = new();

    [Fact]
    public async Task Events_that_are_carried_over_come_before_those_that_came_in_later()
    {
        await using var engine = await TestEngine.StartAsync(Register, options: new DurableEngineOptions { MaxConcurrentOrchestrators = 1 });
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Collects", Array.Empty<int>(), new StartOrchestrationOptions("c"));
        await activityRuns.Task;
        await engine.Client.RaiseEventAsync("c", "Item", 1);
        await engine.Client.RaiseEventAsync("c", "Item", 2);

        // One turn gets the activity's outcome, at which the code goes on to the first event and continues as new, and then the third.
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Blocks");
        await engineIsBusy.Task;
        activityMayEnd.SetResult();
        await Task.Delay(100);
        await engine.Client.RaiseEventAsync("c", "Item", 3);
        await engine.Client.RaiseEventAsync("c", "Item", 4);
        engineMayGoOn.Set();

        var items = (await engine.WaitAsync("c")).ReadOutputAs<int[]>();
        Assert.Equal([1, 2, 3, 4], items!);
    }

    [Fact]
    public async Task Events_that_were_held_back_by_a_suspension_are_carried_over_as_well()
    {
        await using var engine = await TestEngine.StartAsync(Register);
        activityMayEnd.SetResult();
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Collects", Array.Empty<int>(), new StartOrchestrationOptions("c"));
        await engine.WaitForCustomStatusAsync("c", "\"waits\"");
        await engine.Client.SuspendInstanceAsync("c");
        for (var item = 1; item <= 4; item++)
        {
            await engine.Client.RaiseEventAsync("c", "Item", item);
        }

        await TestEngine.UntilAsync(async () => (await engine.Store.LoadAsync("c", default))!.Inbox.Count == 0);
        await engine.Client.ResumeInstanceAsync("c");

        var items = (await engine.WaitAsync("c")).ReadOutputAs<int[]>();
        Assert.Equal([1, 2, 3, 4], items!);
    }

    private void Register(DurableTaskRegistry tasks) => tasks
        .AddOrchestratorFunc<int[], int[]>("Collects", async (context, items) =>
        {
            if (items.Length == 0)
            {
                await context.CallActivityAsync("Gate");
                context.SetCustomStatus("waits");
            }

            items = [.. items, await context.WaitForExternalEvent<int>("Item")];
            if (items.Length < 4)
            {
                context.ContinueAsNew(items);
            }

            return items;
        })
        .AddActivityFunc("Gate", async _ =>
        {
            activityRuns.TrySetResult();
            await activityMayEnd.Task;
        })
        .AddOrchestratorFunc("Blocks", _ =>
        {
            engineIsBusy.TrySetResult();
            engineMayGoOn.Wait();
            return Task.CompletedTask;
        });
}

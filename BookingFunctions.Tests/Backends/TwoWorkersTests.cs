using DurableTask.Core;
using Microsoft.DurableTask;

namespace BookingFunctions.Tests.Backends;

/// <summary>Two workers on one hub, which only Azure Storage allows.</summary>
public sealed class TwoWorkersTests : Contract<AzureStorageBackend>
{
    protected override BackendOptions Options =>
        new() { PartitionCount = 4, WorkTimeout = TimeSpan.FromSeconds(5), MaxConcurrentActivities = 1 };

    [BackendFact]
    public async Task They_share_the_activities()
    {
        var isFirst = new TaskCompletionSource();
        var isSecond = new TaskCompletionSource();
        Hub.Tasks.Orchestrator<string[]>("Fan", context =>
            Task.WhenAll(context.CallActivityAsync<string>("Meet", 1), context.CallActivityAsync<string>("Meet", 2)));

        // Each worker does one activity at a time, and that ends only once the other worker has one as well.
        await StartAsync("first", isFirst, isSecond);
        await StartAsync("second", isSecond, isFirst);

        Assert.Equal(["first", "second"], (await Hub.OutputAsync<string[]>("Fan")).Order(StringComparer.Ordinal));
    }

    [BackendFact]
    public async Task The_other_one_takes_over_what_a_dead_one_had()
    {
        Hub.Tasks
            .Orchestrator<int, int>("Trip", async (context, n) =>
            {
                await context.CreateTimer(TimeSpan.FromSeconds(1), CancellationToken.None);
                return await context.CallActivityAsync<int>("Pass", n);
            });
        var first = await Hub.StartAsync();
        await Hub.StartAsync();
        var ids = Enumerable.Range(0, 12).Select(n => $"trip-{n}").ToArray();
        await Task.WhenAll(ids.Select((id, n) => Hub.ScheduleAsync("Trip", n, id)));

        await Hub.StopAsync(first, isForced: true);

        Assert.Equal(Enumerable.Range(0, 12), await Task.WhenAll(ids.Select(async id => TestHub.Output<int>(await Hub.WaitAsync(id)))));
    }

    [BackendFact]
    public async Task Children_and_events_find_instances_of_the_other_one()
    {
        Hub.Tasks
            .Orchestrator<int>("Parent", async context =>
            {
                var children = Enumerable.Range(0, 8)
                    .Select(n => context.CallSubOrchestratorAsync<int>("Child", n, new SubOrchestrationOptions(instanceId: $"child-{n}")))
                    .ToList();

                // An event that is there before its instance's start is dropped.
                for (var n = 0; n < 8; n++)
                {
                    var child = await context.WaitForExternalEvent<string>("Ready");
                    context.SendEvent(child, "Go", 1);
                }

                return (await Task.WhenAll(children)).Sum();
            })
            .Orchestrator<int, int>("Child", async (context, n) =>
            {
                context.SendEvent("parent", "Ready", context.InstanceId);
                return n * await context.WaitForExternalEvent<int>("Go");
            });
        await Hub.StartAsync();
        await Hub.StartAsync();

        Assert.Equal(28, TestHub.Output<int>(await Hub.RunAsync("Parent", id: "parent")));
    }

    private Task<TaskHubWorker> StartAsync(string name, TaskCompletionSource own, TaskCompletionSource other)
    {
        Hub.Tasks.Activity<int, string>("Meet", async (_, _) =>
        {
            own.TrySetResult();
            await other.Task;
            return name;
        });
        return Hub.StartAsync();
    }
}

using DurableTask.Core;
using Microsoft.DurableTask;

namespace BookingFunctions.Tests.Backends;

/// <summary>Failed instances that go on from where they failed.</summary>
public abstract class RewindContract<TBackend> : Contract<TBackend>
    where TBackend : IBackend, new()
{
    private volatile bool isMended;
    private int calls;
    private int attempts;

    [BackendFact]
    public async Task A_failed_activity_runs_again_and_those_before_it_do_not()
    {
        Hub.Tasks
            .Orchestrator<string>("Trip", async context =>
                await context.CallActivityAsync<string>("Counted", "a") + await context.CallActivityAsync<string>("Broken", "b"));
        await StartAndFailAsync("Trip");

        await MendAndRewindAsync();

        Assert.Equal("ab", TestHub.Output<string>(await WaitForCompletionAsync("r")));
        Assert.Equal(1, calls);
    }

    [BackendFact]
    public async Task Of_fanned_out_activities_only_the_failed_ones_run_again()
    {
        Hub.Tasks
            .Orchestrator<string>("Trip", async context => string.Concat(await Task.WhenAll(
                context.CallActivityAsync<string>("Counted", "a"),
                context.CallActivityAsync<string>("Broken", "b"),
                context.CallActivityAsync<string>("Counted", "c"),
                context.CallActivityAsync<string>("Broken", "d"))));
        await StartAndFailAsync("Trip");

        await MendAndRewindAsync();

        Assert.Equal("abcd", TestHub.Output<string>(await WaitForCompletionAsync("r")));
        Assert.Equal(2, calls);
    }

    [BackendFact]
    public async Task A_failed_child_is_rewound_with_its_parent()
    {
        Hub.Tasks
            .Orchestrator<string>("Parent", context =>
                context.CallSubOrchestratorAsync<string>("Child", null, new SubOrchestrationOptions(instanceId: "child")))
            .Orchestrator<string>("Child", async context =>
                await context.CallActivityAsync<string>("Counted", "a") + await context.CallActivityAsync<string>("Broken", "b"));
        await StartAndFailAsync("Parent");
        await Hub.WaitAsync("child", OrchestrationStatus.Failed);

        await MendAndRewindAsync();

        Assert.Equal("ab", TestHub.Output<string>(await WaitForCompletionAsync("r")));
        await WaitForCompletionAsync("child");
        Assert.Equal(1, calls);
    }

    [BackendFact]
    public async Task A_failed_grandchild_is_rewound_with_all_above_it()
    {
        Hub.Tasks
            .Orchestrator<string>("Top", context =>
                context.CallSubOrchestratorAsync<string>("Middle", null, new SubOrchestrationOptions(instanceId: "middle")))
            .Orchestrator<string>("Middle", context =>
                context.CallSubOrchestratorAsync<string>("Bottom", null, new SubOrchestrationOptions(instanceId: "bottom")))
            .Orchestrator<string>("Bottom", context => context.CallActivityAsync<string>("Broken", "b"));
        await StartAndFailAsync("Top");
        await Hub.WaitAsync("middle", OrchestrationStatus.Failed);
        await Hub.WaitAsync("bottom", OrchestrationStatus.Failed);

        await MendAndRewindAsync();

        Assert.Equal("b", TestHub.Output<string>(await WaitForCompletionAsync("r")));
    }

    [BackendFact]
    public async Task An_instance_that_fails_again_can_be_rewound_again()
    {
        Hub.Tasks.Orchestrator<string>("Trip", context => context.CallActivityAsync<string>("Broken", "b"));
        await StartAndFailAsync("Trip");

        await Hub.RewindAsync("r", "not mended yet");
        await TestHub.UntilAsync(() => Task.FromResult(attempts == 2));
        await Hub.WaitAsync("r", OrchestrationStatus.Failed);
        await MendAndRewindAsync();

        Assert.Equal("b", TestHub.Output<string>(await WaitForCompletionAsync("r")));
        Assert.Equal(3, attempts);
    }

    [BackendFact]
    public async Task A_rewound_instance_keeps_its_id_name_and_input()
    {
        Hub.Tasks.Orchestrator<string, string>("Trip", (context, input) => context.CallActivityAsync<string>("Broken", input));
        await StartAndFailAsync("Trip", "in");

        await MendAndRewindAsync();

        var state = await WaitForCompletionAsync("r");
        Assert.Equal(("Trip", "\"in\"", "in"), (state.Name, state.Input, TestHub.Output<string>(state)));
    }

    private async Task StartAndFailAsync(string name, object? input = null)
    {
        Hub.Tasks
            .Activity<string, string>("Counted", text =>
            {
                Interlocked.Increment(ref calls);
                return text;
            })
            .Activity<string, string>("Broken", text =>
            {
                Interlocked.Increment(ref attempts);
                return isMended ? text : throw new InvalidOperationException("broken");
            });
        await Hub.StartAsync();
        Assert.Equal(OrchestrationStatus.Failed, (await Hub.RunAsync(name, input, "r")).OrchestrationStatus);
    }

    private Task MendAndRewindAsync()
    {
        isMended = true;
        return Hub.RewindAsync("r");
    }

    private Task<OrchestrationState> WaitForCompletionAsync(string id) => Hub.WaitAsync(id, OrchestrationStatus.Completed);
}

using DurableTask.Core;

namespace BookingFunctions.Tests.Backends;

/// <summary>Clients that wait for the end of an instance.</summary>
public abstract class WaitContract<TBackend> : Contract<TBackend>
    where TBackend : IBackend, new()
{
    [BackendFact]
    public async Task A_client_that_waits_gets_the_state_at_the_end()
    {
        await StartWaitingAsync();

        var wait = WaitAsync("w", TimeSpan.FromMinutes(1));
        await Hub.RaiseAsync("w", "Go", "went");

        var state = await wait;
        Assert.Equal((OrchestrationStatus.Completed, "\"went\""), (state!.OrchestrationStatus, state.Output));
    }

    [BackendFact]
    public async Task A_client_that_comes_after_the_end_gets_the_state_at_once()
    {
        await StartWaitingAsync();
        await Hub.RaiseAsync("w", "Go", "went");
        await Hub.WaitAsync("w");

        Assert.Equal(OrchestrationStatus.Completed, (await WaitAsync("w", TimeSpan.Zero))!.OrchestrationStatus);
    }

    [BackendFact]
    public async Task A_failed_and_a_terminated_instance_have_ended_too()
    {
        Hub.Tasks.Orchestrator<int>("Fails", _ => throw new InvalidOperationException());
        await StartWaitingAsync();
        await Hub.RunAsync("Fails", id: "f");
        await Hub.TerminateAsync("w");
        await Hub.WaitAsync("w");

        Assert.Equal(OrchestrationStatus.Failed, (await WaitAsync("f", TimeSpan.FromMinutes(1)))!.OrchestrationStatus);
        Assert.Equal(OrchestrationStatus.Terminated, (await WaitAsync("w", TimeSpan.FromMinutes(1)))!.OrchestrationStatus);
    }

    [BackendFact]
    public async Task A_wait_that_is_over_before_the_end_has_no_result()
    {
        await StartWaitingAsync();

        Assert.Null(await WaitAsync("w", TimeSpan.Zero));
        Assert.Null(await WaitAsync("w", TimeSpan.FromMilliseconds(50)));
        await Hub.SuspendAsync("w");
        await Hub.WaitAsync("w", OrchestrationStatus.Suspended);
        Assert.Null(await WaitAsync("w", TimeSpan.FromMilliseconds(50)));
    }

    [BackendFact]
    public async Task A_wait_for_an_unknown_instance_has_no_result() =>
        Assert.Null(await WaitAsync("unknown", TimeSpan.FromMilliseconds(50)));

    [BackendFact]
    public async Task A_wait_whose_token_is_cancelled_throws()
    {
        await StartWaitingAsync();
        using var cancellation = new CancellationTokenSource();
        var wait = Hub.Client.WaitForOrchestrationAsync(TestHub.Instance("w"), TimeSpan.FromMinutes(5), cancellation.Token);
        cancellation.CancelAfter(50);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    [BackendFact]
    public async Task A_wait_for_no_id_or_with_a_negative_timeout_is_refused()
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() =>
            Hub.Service.WaitForOrchestrationAsync(" ", "", TimeSpan.FromSeconds(1), CancellationToken.None));
        await Assert.ThrowsAnyAsync<ArgumentException>(() =>
            Hub.Service.WaitForOrchestrationAsync("w", "", TimeSpan.FromSeconds(-2), CancellationToken.None));
    }

    [BackendFact]
    public async Task A_client_waits_for_the_last_execution_of_an_instance_that_continues_as_new()
    {
        Hub.Tasks.Orchestrator<int, int>("Counts", async (context, n) =>
        {
            await context.WaitForExternalEvent<string>("Go");
            if (n < 1)
            {
                context.ContinueAsNew(n + 1);
            }

            return n;
        });
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Counts", 0, "c");
        await Hub.WaitAsync("c", OrchestrationStatus.Running);
        var wait = WaitAsync("c", TimeSpan.FromMinutes(1));
        await Hub.RaiseAsync("c", "Go");
        await Hub.WaitAsync("c", state => state.Input == "1");
        await Hub.RaiseAsync("c", "Go");

        Assert.Equal("1", (await wait)!.Output);
    }

    private async Task<OrchestrationState?> WaitAsync(string id, TimeSpan timeout) =>
        await Hub.Client.WaitForOrchestrationAsync(TestHub.Instance(id), timeout, CancellationToken.None);

    private async Task StartWaitingAsync()
    {
        Hub.Tasks.Orchestrator<string>("Waits", context => context.WaitForExternalEvent<string>("Go"));
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Waits", id: "w");
        await Hub.WaitAsync("w", OrchestrationStatus.Running);
    }
}

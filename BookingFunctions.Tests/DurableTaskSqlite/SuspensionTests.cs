using DurableTask.Core;
using DurableTask.Core.History;

namespace BookingFunctions.Tests.DurableTaskSqlite;

public class SuspensionTests
{
    // The framework drops what follows a suspension in a turn that continues as new.
    [Fact]
    public async Task A_suspension_is_delivered_alone()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        await hub.RaiseAsync("a", "before");
        await SendAsync(hub, new ExecutionSuspendedEvent(-1, "test"));
        await hub.RaiseAsync("a", "after");

        List<string> taken = [];
        while (await hub.TryTurnAsync() is { } turn)
        {
            taken.Add(string.Join(", ", turn.Taken.Select(item => item.EventType)));
            await turn.CommittedAsync();
        }

        Assert.Equal(["ExecutionStarted, EventRaised", "ExecutionSuspended", "EventRaised"], taken);
    }

    [Fact]
    public async Task An_instance_is_started_before_it_is_suspended()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        await SendAsync(hub, new ExecutionSuspendedEvent(-1, "test"));

        var first = await hub.TurnAsync();
        Assert.IsType<ExecutionStartedEvent>(Assert.Single(first.Taken));
        await first.CommittedAsync();
        Assert.IsType<ExecutionSuspendedEvent>(Assert.Single((await hub.TurnAsync()).Taken));
    }

    private static Task SendAsync(DrivenHub hub, HistoryEvent item) =>
        hub.CommittedAsync(hub.Service.SendTaskOrchestrationMessageAsync(new TaskMessage
        {
            OrchestrationInstance = new OrchestrationInstance { InstanceId = "a" },
            Event = item,
        }));
}

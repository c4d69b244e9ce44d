using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Tests.Api;

public sealed class DurableTaskClientTests : IAsyncDisposable
{
    private readonly ForeignClient client = new();

    public ValueTask DisposeAsync() => client.DisposeAsync();

    [Fact]
    public async Task An_orchestration_is_started_with_as_much_as_the_caller_says()
    {
        StartOrchestrationOptions options = new("trip-1");

        await client.ScheduleNewOrchestrationInstanceAsync("BookTrip", CancellationToken.None);
        Assert.Equal(["BookTrip", null, null], client.Asked);

        await client.ScheduleNewOrchestrationInstanceAsync("BookTrip", "input", CancellationToken.None);
        Assert.Equal(["BookTrip", "input", null], client.Asked);

        await client.ScheduleNewOrchestrationInstanceAsync("BookTrip", options, CancellationToken.None);
        Assert.Equal(["BookTrip", null, options], client.Asked);
    }

    [Fact]
    public async Task A_value_beside_the_id_of_what_is_terminated_is_its_output()
    {
        await client.TerminateInstanceAsync("trip-1", "too late");
        Assert.Equal(["trip-1", new TerminateInstanceOptions("too late")], client.Asked);

        await client.TerminateInstanceAsync("trip-1", CancellationToken.None);
        Assert.Equal(["trip-1", null], client.Asked);
    }

    [Fact]
    public async Task An_instance_is_read_without_its_values_unless_asked_for()
    {
        await client.GetInstanceAsync("trip-1", CancellationToken.None);
        Assert.Equal(["trip-1", false], client.Asked);

        await client.GetInstanceAsync("trip-1", getInputsAndOutputs: true);
        Assert.Equal(["trip-1", true], client.Asked);
    }

    [Fact]
    public async Task Purging_between_times_is_purging_by_a_filter()
    {
        OrchestrationRuntimeStatus[] statuses = [OrchestrationRuntimeStatus.Failed];

        await client.PurgeInstancesAsync(DateTimeOffset.UnixEpoch, null, statuses);

        Assert.Equal([new PurgeInstancesFilter(DateTimeOffset.UnixEpoch, null, statuses), null], client.Asked);

        await client.PurgeInstancesAsync(null, DateTimeOffset.UnixEpoch);
        Assert.Equal([new PurgeInstancesFilter(null, DateTimeOffset.UnixEpoch), null], client.Asked);

        await client.PurgeInstancesAsync(null, null, new PurgeInstanceOptions(Recursive: true));
        Assert.Equal([new PurgeInstancesFilter(), new PurgeInstanceOptions(Recursive: true)], client.Asked);
    }

    [Fact]
    public async Task What_a_client_cannot_do_it_refuses() => Assert.Contains(
        nameof(ForeignClient),
        (await Assert.ThrowsAsync<NotSupportedException>(() => client.RewindInstanceAsync("trip-1", "again"))).Message);
}

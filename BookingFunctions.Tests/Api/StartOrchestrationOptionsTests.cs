using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Tests.Api;

public class StartOrchestrationOptionsTests
{
    [Fact]
    public void The_statuses_that_keep_an_id_are_added_to_the_other_options()
    {
        StartOrchestrationOptions options = new("trip-1", DateTimeOffset.UnixEpoch)
        {
            Version = new TaskVersion("2"),
            Tags = new Dictionary<string, string> { ["by"] = "alice" },
        };

        var dedupe = options.WithDedupeStatuses(OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Failed);

        Assert.Equal(["Running", "Failed"], dedupe.DedupeStatuses);
        Assert.Equal(options, dedupe with { DedupeStatuses = null });
        Assert.Null(options.DedupeStatuses);
    }

    [Fact]
    public void No_status_can_be_asked_for() => Assert.Equal([], new StartOrchestrationOptions().WithDedupeStatuses().DedupeStatuses);

    [Fact]
    public void The_statuses_asked_for_last_count() => Assert.Equal(
        ["Completed"],
        new StartOrchestrationOptions()
            .WithDedupeStatuses(OrchestrationRuntimeStatus.Failed)
            .WithDedupeStatuses(OrchestrationRuntimeStatus.Completed)
            .DedupeStatuses);

    [Fact]
    public void Each_status_that_an_instance_can_have_may_keep_its_id() => Assert.Equal(
        Enum.GetValues<OrchestrationRuntimeStatus>().Where(status => status.ToString() != "ContinuedAsNew").Order(),
        StartOrchestrationOptionsExtensions.ValidDedupeStatuses.Order());
}

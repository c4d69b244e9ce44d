using Microsoft.DurableTask;

namespace BookingFunctions.Tests.Api;

public class TaskOptionsTests
{
    private static readonly Dictionary<string, string> Tags = new() { ["team"] = "travel" };
    private static readonly TaskRetryOptions Retry = new RetryPolicy(2, TimeSpan.FromSeconds(1));

    [Fact]
    public void Options_have_nothing_unless_told_otherwise()
    {
        var task = new TaskOptions();
        var child = new SubOrchestrationOptions();
        var start = new StartOrchestrationOptions();

        Assert.Equal((null, null, null), (task.Retry, task.Tags, task.Version));
        Assert.Equal((null, null, null, null), (child.Retry, child.Tags, child.Version, child.InstanceId));
        Assert.Equal((null, null, null), (start.InstanceId, start.StartAt, start.Version));
        Assert.Empty(start.Tags);
    }

    [Fact]
    public void A_copy_has_everything_that_its_original_has()
    {
        var task = new TaskOptions(Retry, Tags) { Version = "v1" };
        var child = new SubOrchestrationOptions(task, "kid");
        var start = new StartOrchestrationOptions("id", DateTimeOffset.UnixEpoch) { Tags = Tags, Version = "v1" };

        Assert.Equal(task, new TaskOptions(task));
        Assert.Equal((Retry, Tags, "v1", "kid"), (child.Retry!, child.Tags!, child.Version!.Value.Version, child.InstanceId!));
        Assert.Equal(child, new SubOrchestrationOptions(child));
        Assert.Equal("kid", new SubOrchestrationOptions((TaskOptions)child).InstanceId);
        Assert.Equal("other", new SubOrchestrationOptions((TaskOptions)child, "other").InstanceId);
        Assert.Equal(start, new StartOrchestrationOptions(start));
    }

    [Fact]
    public void The_version_of_a_child_is_that_of_its_options_read_either_way()
    {
        TaskOptions options = new SubOrchestrationOptions { Version = "v1" };

        Assert.Equal("v1", options.Version!.Value.Version);
        Assert.Equal("", (options with { Version = TaskVersion.Unversioned }).Version!.Value.Version);
    }
}

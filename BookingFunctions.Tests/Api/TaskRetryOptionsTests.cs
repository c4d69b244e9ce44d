using Microsoft.DurableTask;

namespace BookingFunctions.Tests.Api;

public class TaskRetryOptionsTests
{
    [Fact]
    public void A_policy_becomes_retry_options_by_itself()
    {
        RetryPolicy policy = new(3, TimeSpan.FromSeconds(1));
        TaskOptions options = new(policy);

        Assert.Same(policy, options.Retry?.Policy);
        Assert.Null(options.Retry?.Handler);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_handler_that_answers_at_once_decides_like_one_that_waits(bool again)
    {
        var options = TaskOptions.FromRetryHandler(_ => again);

        Assert.Null(options.Retry?.Policy);
        Assert.Equal(again, await options.Retry!.Handler!(null!));
    }

    [Fact]
    public void Neither_a_policy_nor_a_handler_may_be_null()
    {
        Assert.Throws<ArgumentNullException>(() => new TaskRetryOptions((RetryPolicy)null!));
        Assert.Throws<ArgumentNullException>(() => new TaskRetryOptions((AsyncRetryHandler)null!));
        Assert.Throws<ArgumentNullException>(() => TaskRetryOptions.FromRetryHandler((RetryHandler)null!));
    }

    [Fact]
    public void An_instance_id_is_added_to_all_other_options()
    {
        TaskOptions options = new(new RetryPolicy(3, TimeSpan.FromSeconds(1)), new Dictionary<string, string> { ["trip"] = "1" })
        {
            Version = "2",
        };
        var child = options.WithInstanceId("child");

        Assert.Equal("child", child.InstanceId);
        Assert.Same(options.Retry, child.Retry);
        Assert.Equal("1", child.Tags?["trip"]);
        Assert.Equal("2", child.Version);
        Assert.Equal("child", new SubOrchestrationOptions((TaskOptions)child).InstanceId);
    }
}

using Microsoft.DurableTask;

namespace BookingFunctions.Tests.Api;

public class RetryPolicyTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TaskFailureDetails Failure = new("System.TimeoutException", "too late", null, null, null);

    [Fact]
    public void A_policy_keeps_what_it_was_given()
    {
        RetryPolicy policy = new(5, Second, 2.5, 10 * Second, 60 * Second);

        Assert.Equal(5, policy.MaxNumberOfAttempts);
        Assert.Equal(Second, policy.FirstRetryInterval);
        Assert.Equal(2.5, policy.BackoffCoefficient);
        Assert.Equal(10 * Second, policy.MaxRetryInterval);
        Assert.Equal(60 * Second, policy.RetryTimeout);
    }

    [Fact]
    public void The_interval_stays_the_same_up_to_an_hour_and_without_end_unless_told_otherwise()
    {
        RetryPolicy policy = new(1, Second);

        Assert.Equal(1, policy.BackoffCoefficient);
        Assert.Equal(TimeSpan.FromHours(1), policy.MaxRetryInterval);
        Assert.Equal(Timeout.InfiniteTimeSpan, policy.RetryTimeout);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void At_least_one_attempt_is_needed(int attempts) =>
        Refused("maxNumberOfAttempts", () => new RetryPolicy(attempts, Second));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void The_first_interval_must_be_more_than_zero(int seconds) =>
        Refused("firstRetryInterval", () => new RetryPolicy(1, seconds * Second));

    [Theory]
    [InlineData(0.99)]
    [InlineData(-2)]
    [InlineData(double.NaN)]
    public void The_intervals_must_not_shrink(double coefficient) =>
        Refused("backoffCoefficient", () => new RetryPolicy(1, Second, coefficient));

    [Fact]
    public void The_longest_interval_must_not_be_below_the_first() =>
        Refused("maxRetryInterval", () => new RetryPolicy(1, 2 * Second, maxRetryInterval: Second));

    [Fact]
    public void The_timeout_must_not_be_below_the_first_interval() =>
        Refused("retryTimeout", () => new RetryPolicy(1, 2 * Second, retryTimeout: Second));

    [Fact]
    public void The_longest_interval_and_the_timeout_may_equal_the_first_interval_or_be_infinite()
    {
        RetryPolicy equal = new(1, Second, 1, Second, Second);
        RetryPolicy infinite = new(1, Second, 1, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        Assert.Equal((Second, Second), (equal.MaxRetryInterval, equal.RetryTimeout));
        Assert.Equal((Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan), (infinite.MaxRetryInterval, infinite.RetryTimeout));
    }

    [Fact]
    public void Every_failure_is_retried_unless_the_policy_tells_them_apart()
    {
        RetryPolicy all = new(3, Second);
        RetryPolicy some = new(3, Second) { HandleFailure = failure => !failure.IsCausedBy<TimeoutException>() };

        Assert.True(all.ShouldRetry(Failure));
        Assert.False(some.ShouldRetry(Failure));
        Assert.True(some.ShouldRetry(Failure with { ErrorType = "System.InvalidOperationException" }));
    }

    private static void Refused(string parameter, Func<RetryPolicy> make) =>
        Assert.Equal(parameter, Assert.Throws<ArgumentOutOfRangeException>(make).ParamName);
}

using DurableTask.Core;

namespace BookingFunctions.Tests.Api;

public class FailureDetailsTests
{
    [Fact]
    public void An_exception_is_kept_with_its_causes()
    {
        FailureDetails failure = new(Thrown(new InvalidOperationException("outer", new TimeoutException("inner"))));

        Assert.Equal("System.InvalidOperationException", failure.ErrorType);
        Assert.Equal("outer", failure.ErrorMessage);
        Assert.Contains(nameof(Thrown), failure.StackTrace);
        Assert.Equal("System.TimeoutException: inner", failure.InnerFailure?.ToString());
        Assert.Null(failure.InnerFailure?.InnerFailure);
        Assert.False(failure.IsNonRetriable);
        Assert.Null(failure.Properties);
    }

    [Fact]
    public void A_given_cause_stands_for_the_exceptions_own()
    {
        FailureDetails cause = new("Provider.DownException", "down", "at x", null, isNonRetriable: true);

        FailureDetails failure = new(new InvalidOperationException("outer", new TimeoutException("inner")), cause);

        Assert.Same(cause, failure.InnerFailure);
        Assert.True(cause.IsNonRetriable);
        Assert.False(failure.IsNonRetriable);
    }

    [Fact]
    public void What_else_is_known_is_kept() => Assert.Equal(
        503,
        new FailureDetails("Provider.DownException", "down", null, null, false, new Dictionary<string, object?> { ["code"] = 503 })
            .Properties?["code"]);

    [Fact]
    public void No_failure_has_a_name_too() => Assert.Equal("None: ", new FailureDetails().ToString());

    private static Exception Thrown(Exception exception)
    {
        try
        {
            throw exception;
        }
        catch (Exception e) when (e == exception)
        {
            return e;
        }
    }
}

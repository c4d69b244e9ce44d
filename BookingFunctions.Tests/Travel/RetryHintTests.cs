using BookingFunctions.Travel;

namespace BookingFunctions.Tests.Travel;

public sealed class RetryHintTests
{
    [Theory]
    [InlineData(30, 30)]
    [InlineData(0.2, 1)]
    [InlineData(1e9, 86_400)]
    public void A_wait_is_read_from_the_message_that_it_was_added_to(double seconds, int expected)
    {
        var failure = new ProviderUnavailableException("Busy.", TimeSpan.FromSeconds(seconds));

        Assert.Equal($"Busy. Retry after {expected} s.", failure.Message);
        Assert.Equal(TimeSpan.FromSeconds(expected), RetryHint.Read(failure.Message));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(null)]
    public void No_wait_leaves_the_message_as_it_is(int? seconds)
    {
        var failure = new ProviderUnavailableException("Busy.", seconds is { } wait ? TimeSpan.FromSeconds(wait) : null);

        Assert.Equal("Busy.", failure.Message);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Retry after")]
    [InlineData("Retry after 30 s. Or never.")]
    [InlineData("Retry after 99999999999999999999 s.")]
    public void A_message_without_a_hint_at_its_end_has_none(string? message) => Assert.Equal(TimeSpan.Zero, RetryHint.Read(message));
}

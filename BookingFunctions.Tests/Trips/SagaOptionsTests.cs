using BookingFunctions.Trips;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BookingFunctions.Tests.Trips;

public sealed class SagaOptionsTests
{
    [Fact]
    public void The_defaults_are_those_of_the_contract()
    {
        var options = Read();

        Assert.Equal(new RetrySettings(10, TimeSpan.FromSeconds(1), 2, TimeSpan.FromSeconds(30)), options.Booking());
        Assert.Equal(new RetrySettings(20, TimeSpan.FromSeconds(1), 2, TimeSpan.FromSeconds(30)), options.Undo());
    }

    [Fact]
    public void Every_setting_can_be_set()
    {
        var options = Read(
            ("Attempts", "3"), ("FirstRetryInterval", "00:00:00.010"), ("BackoffCoefficient", "1.5"), ("MaxRetryInterval", "00:00:00.050"),
            ("UndoAttempts", "4"), ("FirstUndoRetryInterval", "00:00:00.020"), ("UndoBackoffCoefficient", "1"),
            ("MaxUndoRetryInterval", "00:00:00.060"));

        Assert.Equal(new RetrySettings(3, TimeSpan.FromMilliseconds(10), 1.5, TimeSpan.FromMilliseconds(50)), options.Booking());
        Assert.Equal(7, options.Booking(7).Attempts);
        Assert.Equal(new RetrySettings(4, TimeSpan.FromMilliseconds(20), 1, TimeSpan.FromMilliseconds(60)), options.Undo());
    }

    [Theory]
    [InlineData("00:00:00", "00:00:00", 1, 1)]
    [InlineData("00:00:00", "00:00:01", 1, 1000)]
    [InlineData("00:01:00", "00:00:30", 30_000, 30_000)]
    public void The_first_interval_is_made_to_be_above_zero_and_at_most_the_longest(
        string first, string max, int firstMilliseconds, int maxMilliseconds)
    {
        var settings = Read(("FirstRetryInterval", first), ("MaxRetryInterval", max)).Booking();

        Assert.Equal(
            (TimeSpan.FromMilliseconds(firstMilliseconds), TimeSpan.FromMilliseconds(maxMilliseconds)),
            (settings.FirstInterval, settings.MaxInterval));
    }

    [Theory]
    [InlineData("Attempts", "0", "Saga__Attempts is 0: it has to be a whole number from 1 to 1000.")]
    [InlineData("UndoAttempts", "1001", "Saga__UndoAttempts is 1001: it has to be a whole number from 1 to 1000.")]
    [InlineData("BackoffCoefficient", "0.5", "Saga__BackoffCoefficient is 0.5: it has to be a number from 1 to 1000.")]
    [InlineData("BackoffCoefficient", "NaN", "Saga__BackoffCoefficient is NaN: it has to be a number from 1 to 1000.")]
    [InlineData(
        "FirstRetryInterval",
        "-00:00:01",
        "Saga__FirstRetryInterval is -00:00:01: it has to be a time such as 00:00:01.500, from zero to a day.")]
    [InlineData(
        "MaxUndoRetryInterval",
        "60",
        "Saga__MaxUndoRetryInterval is 60.00:00:00: it has to be a time such as 00:00:01.500, from zero to a day.")]
    public void A_setting_that_no_trip_could_run_with_is_named(string setting, string value, string message)
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Read((setting, value)));

        Assert.Equal(message, failure.Message);
    }

    [Theory]
    [InlineData("Attempts", "many")]
    [InlineData("FirstRetryInterval", "soon")]
    [InlineData("ManagementLinks", "perhaps")]
    public void A_setting_that_can_not_be_read_is_named(string setting, string value)
    {
        var failure = Assert.Throws<InvalidOperationException>(() => Read((setting, value)));

        Assert.Contains($"Saga:{setting}", failure.Message, StringComparison.Ordinal);
        Assert.Contains(value, failure.Message, StringComparison.Ordinal);
    }

    private static SagaOptions Read(params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(setting => $"Saga:{setting.Name}", setting => (string?)setting.Value))
            .Build();
        using var services = new ServiceCollection().AddBookingFunctions(configuration).BuildServiceProvider();
        return services.GetRequiredService<IOptions<SagaOptions>>().Value;
    }
}

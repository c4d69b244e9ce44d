using BookingFunctions.Activities;
using BookingFunctions.Tests.Telemetry;
using BookingFunctions.Tests.Travel;
using BookingFunctions.Travel;
using BookingFunctions.Travel.Suppliers;
using BookingFunctions.Trips;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BookingFunctions.Tests.Activities;

public sealed class ProviderInvokerTests
{
    private static readonly Booking Car = SampleTrips.Booking(Leg.Car);

    private readonly FakeTimeProvider clock = new();

    [Fact]
    public async Task A_call_that_heeds_its_token_is_cut_off_in_time_and_says_that_its_outcome_is_unknown()
    {
        var call = Invoker(ct => Task.Delay(Timeout.Infinite, ct)
                .ContinueWith(_ => "", ct, TaskContinuationOptions.None, TaskScheduler.Default))
            .BookAsync(Car, CancellationToken.None);

        clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(call.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.1));

        var timeout = await Assert.ThrowsAsync<ProviderTimeoutException>(() => call);
        Assert.Equal(
            "The provider that was asked to book the car did not answer within 5 s; whether it did it is unknown.", timeout.Message);
    }

    [Fact]
    public async Task A_call_that_ignores_its_token_is_cut_off_too()
    {
        var never = new TaskCompletionSource<string>();
        var call = Invoker(_ => never.Task).UndoAsync(Car, CancellationToken.None);

        clock.Advance(TimeSpan.FromSeconds(5));

        var timeout = await Assert.ThrowsAsync<ProviderTimeoutException>(() => call);
        Assert.Contains("undo the car", timeout.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_the_host_ends_is_no_timeout()
    {
        using var stop = new CancellationTokenSource();
        var call = Invoker(_ => new TaskCompletionSource<string>().Task).BookAsync(Car, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task What_a_provider_says_in_time_is_passed_on()
    {
        Assert.Equal("C-1", await Invoker(_ => Task.FromResult("C-1")).BookAsync(Car, CancellationToken.None));
        await Assert.ThrowsAsync<InvalidFlightException>(
            () => Invoker(_ => throw new InvalidFlightException("X 1")).BookAsync(Car, CancellationToken.None));
    }

    private ProviderInvoker Invoker(Func<CancellationToken, Task<string>> call) =>
        new(new StubProvider(call), Options.Create(new ProviderOptions()), clock, new ProviderTelemetry(SilentTelemetry.Meter));
}

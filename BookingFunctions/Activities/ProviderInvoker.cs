using BookingFunctions.Travel;
using BookingFunctions.Travel.Suppliers;
using BookingFunctions.Trips;
using Microsoft.Extensions.Options;

namespace BookingFunctions.Activities;

/// <summary>
/// Calls the provider, and cuts a call off that takes too long: Durable Functions has no timeout for activities, and a
/// trip must not wait for ever.
/// </summary>
/// <param name="provider">The provider.</param>
/// <param name="options">Says how long a call may take.</param>
/// <param name="clock">What the limit is measured by.</param>
/// <param name="telemetry">Records every call.</param>
public sealed class ProviderInvoker(
    ITravelProvider provider, IOptions<ProviderOptions> options, TimeProvider clock, ProviderTelemetry telemetry)
{
    /// <summary>Books a leg.</summary>
    /// <param name="booking">The leg.</param>
    /// <param name="cancellation">Ends the wait when the host stops.</param>
    /// <returns>The confirmation number.</returns>
    /// <exception cref="BookingRefusedException">The provider won't book it.</exception>
    /// <exception cref="ProviderTimeoutException">The provider took too long; the outcome is unknown.</exception>
    public Task<string> BookAsync(Booking booking, CancellationToken cancellation) =>
        CallAsync(booking, "book", ct => provider.BookAsync(booking, ct), cancellation);

    /// <summary>Undoes a leg, whether it was booked or not.</summary>
    /// <param name="booking">The leg.</param>
    /// <param name="cancellation">Ends the wait when the host stops.</param>
    /// <exception cref="ProviderTimeoutException">The provider took too long; the outcome is unknown.</exception>
    public Task UndoAsync(Booking booking, CancellationToken cancellation) =>
        CallAsync(
            booking,
            "undo",
            async ct =>
            {
                await provider.UndoAsync(booking, ct);
                return true;
            },
            cancellation);

    private async Task<T> CallAsync<T>(
        Booking booking, string operation, Func<CancellationToken, Task<T>> call, CancellationToken cancellation)
    {
        using var span = ProviderTelemetry.StartCall(booking, operation);
        var began = clock.GetTimestamp();
        try
        {
            var result = await CutOffAsync(call, $"{operation} the {booking.Leg.ToName()}", cancellation);
            telemetry.CallEnded(booking.Leg, operation, clock.GetElapsedTime(began), null, span);
            return result;
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            telemetry.CallEnded(booking.Leg, operation, clock.GetElapsedTime(began), e, span);
            throw;
        }
    }

    private async Task<T> CutOffAsync<T>(Func<CancellationToken, Task<T>> call, string action, CancellationToken cancellation)
    {
        var limit = options.Value.Timeout;
        using var timeout = new CancellationTokenSource(limit, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            // WaitAsync too: a provider that ignores its token must not hold up the trip.
            return await call(both.Token).WaitAsync(both.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new ProviderTimeoutException(action, limit);
        }
    }
}

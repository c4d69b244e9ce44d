using BookingFunctions.Saga;
using BookingFunctions.Travel;
using Microsoft.Extensions.Options;

namespace BookingFunctions.Activities;

/// <summary>
/// Calls the provider, and cuts a call off that takes too long: Durable Functions has no timeout for activities, and a
/// trip must not wait for ever.
/// </summary>
/// <param name="provider">The provider.</param>
/// <param name="options">Says how long a call may take.</param>
/// <param name="clock">What the limit is measured by.</param>
public sealed class TravelDesk(ITravelProvider provider, IOptions<SagaOptions> options, TimeProvider clock)
{
    /// <summary>Books a leg.</summary>
    /// <param name="booking">The leg.</param>
    /// <param name="cancellation">Ends the wait when the host stops.</param>
    /// <returns>The confirmation number.</returns>
    /// <exception cref="BookingRefusedException">The provider won't book it.</exception>
    /// <exception cref="ProviderTimeoutException">The provider took too long; the outcome is unknown.</exception>
    public Task<string> BookAsync(Booking booking, CancellationToken cancellation) =>
        CutOffAsync(ct => provider.BookAsync(booking, ct), $"book the {LegName(booking)}", cancellation);

    /// <summary>Undoes a leg, whether it was booked or not.</summary>
    /// <param name="booking">The leg.</param>
    /// <param name="cancellation">Ends the wait when the host stops.</param>
    /// <exception cref="ProviderTimeoutException">The provider took too long; the outcome is unknown.</exception>
    public Task UndoAsync(Booking booking, CancellationToken cancellation) =>
        CutOffAsync(
            async ct =>
            {
                await provider.UndoAsync(booking, ct);
                return true;
            },
            $"undo the {LegName(booking)}",
            cancellation);

    private async Task<T> CutOffAsync<T>(Func<CancellationToken, Task<T>> call, string action, CancellationToken cancellation)
    {
        var limit = options.Value.LegTimeout;
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

    private static string LegName(Booking booking) => booking.Leg.ToString().ToLowerInvariant();
}

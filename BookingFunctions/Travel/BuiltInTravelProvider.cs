using System.Security.Cryptography;
using BookingFunctions.Storage;
using BookingFunctions.Trips;
using Microsoft.Extensions.Options;

namespace BookingFunctions.Travel;

/// <summary>
/// A provider that has so many of whatever it is asked for, kept in the app's own reservation store. Some words in a request
/// make it misbehave, each to show what the saga does about it.
/// </summary>
/// <param name="store">Where its reservations are.</param>
/// <param name="inventory">How many there are of each name.</param>
/// <param name="options">Which of its bugs are fixed.</param>
/// <param name="clock">What <c>slow</c> waits by.</param>
public sealed class BuiltInTravelProvider(
    IReservationStore store, IOptions<InventoryOptions> inventory, IOptions<DemoOptions> options, TimeProvider clock) : ITravelProvider
{
    /// <summary>How often a <c>flaky</c> car fails before it can be booked.</summary>
    public const int FlakyFailures = 5;

    /// <summary>How long each call takes for a trip with a <c>slow</c> car.</summary>
    public static readonly TimeSpan SlowCall = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public async Task<string> BookAsync(Booking booking, CancellationToken cancellation)
    {
        await SlowDownAsync(booking, cancellation);
        await FailOnDemandAsync(booking, cancellation);
        var reservation = await store.BookAsync(
            booking.ReservationId, booking.Leg, booking.Item, NewConfirmation(booking.Leg), Stock(booking), cancellation);
        return reservation switch
        {
            null => throw new SoldOutException(booking.Leg, booking.Item),
            { State: ReservationState.Booked, Confirmation: { } confirmation } => confirmation,
            _ => throw new ReservationUndoneException(booking.ReservationId),
        };
    }

    /// <inheritdoc/>
    public async Task UndoAsync(Booking booking, CancellationToken cancellation)
    {
        await SlowDownAsync(booking, cancellation);
        if (booking.Leg == Leg.Hotel && Says(booking.Trip.Hotel, "stuck") && !options.Value.HotelUndoFixed)
        {
            throw new ProviderUnavailableException(
                $"The hotel '{booking.Item}' can't cancel its booking: its system is stuck (until Demo__HotelUndoFixed is true).");
        }

        await store.UndoAsync(booking.ReservationId, booking.Leg, booking.Item, cancellation);
    }

    private async Task FailOnDemandAsync(Booking booking, CancellationToken cancellation)
    {
        switch (booking.Leg)
        {
            case Leg.Car when Says(booking.Item, "flaky"):
                // Counted in the store: a restart in between must not start the count anew.
                var attempt = await store.CountAttemptAsync(booking.ReservationId, booking.Leg, booking.Item, cancellation);
                if (attempt <= FlakyFailures)
                {
                    throw new ProviderUnavailableException(
                        $"The car '{booking.Item}' can't be booked right now (try {attempt} of at least {FlakyFailures + 1}).");
                }

                break;
            case Leg.Hotel when Says(booking.Item, "buggy") && !options.Value.HotelBugFixed:
                throw new ProviderUnavailableException(
                    $"The hotel '{booking.Item}' can't be booked: its system has a bug (until Demo__HotelBugFixed is true).");
            case Leg.Flight when Says(booking.Item, "invalid"):
                throw new InvalidFlightException(booking.Item);
        }
    }

    private int Stock(Booking booking) =>
        booking.Leg == Leg.Hotel && Says(booking.Item, "sold out") ? 0 : inventory.Value.Of(booking.Leg);

    private Task SlowDownAsync(Booking booking, CancellationToken cancellation) =>
        Says(booking.Trip.Car, "slow") ? Task.Delay(SlowCall, clock, cancellation) : Task.CompletedTask;

    private static bool Says(string request, string word) => request.Contains(word, StringComparison.OrdinalIgnoreCase);

    private static string NewConfirmation(Leg leg) =>
        $"{leg.ToString().ToUpperInvariant()}-{RandomNumberGenerator.GetString("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 8)}";
}

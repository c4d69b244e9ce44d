using BookingFunctions.Trips;
using BookingFunctions.Trips.Listing;

namespace BookingFunctions.Http.Listing;

/// <summary>How many trips were started in a minute, by how far they have come.</summary>
/// <param name="At">When the minute begins.</param>
/// <param name="Booking">Those that are being booked.</param>
/// <param name="Confirmed">Those that are confirmed.</param>
/// <param name="RollingBack">Those that are being undone.</param>
/// <param name="Cancelled">Those that are cancelled.</param>
/// <param name="NeedsAttention">Those that wait for an operator.</param>
public sealed record TripMinute(DateTimeOffset At, int Booking, int Confirmed, int RollingBack, int Cancelled, int NeedsAttention)
{
    /// <summary>Shows a minute.</summary>
    /// <param name="at">When it begins.</param>
    /// <param name="counts">What the directory has counted for it.</param>
    public static TripMinute Of(DateTimeOffset at, IEnumerable<TripCount> counts)
    {
        var numbers = counts.ToDictionary(count => count.Status, count => count.Number);
        return new TripMinute(
            at,
            numbers.GetValueOrDefault(TripState.Booking),
            numbers.GetValueOrDefault(TripState.Confirmed),
            numbers.GetValueOrDefault(TripState.RollingBack),
            numbers.GetValueOrDefault(TripState.Cancelled),
            numbers.GetValueOrDefault(TripState.NeedsAttention));
    }
}

namespace BookingFunctions.Trips.Reading;

/// <summary>A leg of a trip, as the API shows it.</summary>
/// <param name="Leg">Which leg.</param>
/// <param name="Request">What the traveler asked for.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Attempt">How many tries to book it were begun.</param>
/// <param name="Confirmation">The confirmation number once it was booked.</param>
/// <param name="Error">The last failure, or null if there was none.</param>
/// <param name="Skipped">Which operator has accepted that its undo has failed; null if none has.</param>
/// <param name="RetryAt">When the next try to book or undo it begins, or has begun, after one that failed; null if there is none.</param>
public sealed record LegView(
    Leg Leg,
    string? Request,
    LegState State,
    int Attempt,
    string? Confirmation,
    LegError? Error,
    SkippedUndo? Skipped,
    DateTimeOffset? RetryAt)
{
    /// <summary>Shows a leg.</summary>
    /// <param name="leg">The leg.</param>
    /// <param name="trip">Its trip; null if that can't be read.</param>
    public static LegView Of(LegStatus leg, TripRequest? trip)
    {
        ArgumentNullException.ThrowIfNull(leg);
        return new LegView(leg.Leg, trip?.Item(leg.Leg), leg.State, leg.Attempt, leg.Confirmation, leg.Error, leg.Skipped, leg.RetryAt);
    }
}

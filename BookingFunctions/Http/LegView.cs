using BookingFunctions.Saga;
using BookingFunctions.Travel;

namespace BookingFunctions.Http;

/// <summary>A leg of a trip, as the API shows it.</summary>
/// <param name="Leg">Which leg.</param>
/// <param name="Request">What the traveler asked for.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Attempt">How many tries to book it were begun.</param>
/// <param name="Confirmation">The confirmation number once it was booked.</param>
/// <param name="Error">The last failure, or null if there was none.</param>
public sealed record LegView(Leg Leg, string? Request, LegState State, int Attempt, string? Confirmation, LegError? Error);

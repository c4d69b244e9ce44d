using BookingFunctions.Trips;

namespace BookingFunctions.Storage;

/// <summary>A reservation as a store keeps it.</summary>
/// <param name="Id">Its id, derived from the trip and the leg: booking twice under one id is one booking.</param>
/// <param name="Leg">Which leg of the trip.</param>
/// <param name="Item">What is, was, or would have been held, as the traveler wrote it.</param>
/// <param name="State">What has become of it.</param>
/// <param name="Attempts">How often a booking was tried, as counted by <see cref="IReservationStore.CountAttemptAsync"/>.</param>
/// <param name="Confirmation">The confirmation number once it was booked; it stays when it is undone.</param>
public sealed record Reservation(string Id, Leg Leg, string Item, ReservationState State, int Attempts, string? Confirmation);

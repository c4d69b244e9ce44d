namespace BookingFunctions.Storage;

/// <summary>What an idempotency key stands for, once a request has claimed it.</summary>
/// <param name="TripId">The trip that the first request with the key was given.</param>
/// <param name="RequestHash">A hash of that request, to tell another one by.</param>
public sealed record KeyClaim(string TripId, string RequestHash);

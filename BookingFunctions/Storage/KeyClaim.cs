namespace BookingFunctions.Storage;

/// <summary>What an idempotency key stands for, once a request has claimed it.</summary>
/// <param name="TripId">The trip that the first request with the key was given.</param>
/// <param name="DefaultAttempts">What a request that left out its attempts meant then.</param>
public sealed record KeyClaim(string TripId, int DefaultAttempts);

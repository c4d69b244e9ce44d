namespace BookingFunctions.Storage;

/// <summary>A message to a traveler that waits in the outbox to be sent.</summary>
/// <param name="Id">Its id: adding it twice is adding it once.</param>
/// <param name="TripId">The trip that it is about.</param>
/// <param name="Body">What it says, as JSON.</param>
/// <param name="CreatedAt">When it was written.</param>
public sealed record OutboxMessage(string Id, string TripId, string Body, DateTimeOffset CreatedAt);

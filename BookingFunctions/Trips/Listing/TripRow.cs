namespace BookingFunctions.Trips.Listing;

/// <summary>A trip's row in the directory.</summary>
public sealed record TripRow
{
    /// <summary>The trip's id, which is also its instance id. It never changes.</summary>
    public required string Id { get; init; }

    /// <summary>Who travels, as the traveler wrote it. It never changes.</summary>
    public required string Name { get; init; }

    /// <summary>When the trip was ordered, in whole milliseconds. It never changes.</summary>
    public required DateTimeOffset CreatedAt { get; init => field = InMilliseconds(value); }

    /// <summary>When the row was changed last, in whole milliseconds.</summary>
    public required DateTimeOffset UpdatedAt { get; init => field = InMilliseconds(value); }

    /// <summary>The recorded status.</summary>
    public TripState Status { get; init; } = TripState.Booking;

    /// <summary>Why it is rolled back or cancelled, or what it waits for; or null.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether its instance is known to have been started.</summary>
    public bool IsStarted { get; init; }

    /// <summary>The JSON of its <see cref="TripPlan"/>: what it takes to start it.</summary>
    public required string Plan { get; init; }

    /// <summary>The JSON of its <see cref="TripStatus"/> once it is decided or waits for an operator; or null.</summary>
    public string? Outcome { get; init; }

    // Not every store keeps more.
    private static DateTimeOffset InMilliseconds(DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
}

namespace BookingFunctions.Trips.Listing;

/// <summary>Which trips to list. What is null doesn't matter.</summary>
public sealed record TripQuery
{
    /// <summary>The trips that have this status.</summary>
    public TripState? Status { get; init; }

    /// <summary>The trips of those whose name starts so, in any letter case.</summary>
    public string? NamePrefix { get; init; }

    /// <summary>The trips that were ordered then or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The trips that were ordered then or before.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>How many trips a page has at most; from 1.</summary>
    public int PageSize { get; init; } = 50;

    /// <summary>Where to go on, as the page before has said; null for the first page.</summary>
    public string? ContinuationToken { get; init; }
}

using BookingFunctions.Trips.Listing;

namespace BookingFunctions.Storage;

/// <summary>What every directory makes of a trip's row.</summary>
public static class TripChanges
{
    /// <summary>Changes a row, but for what never changes.</summary>
    /// <param name="before">The row so far.</param>
    /// <param name="change">What to make of it.</param>
    public static TripRow Apply(TripRow before, Func<TripRow, TripRow> change)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(change);
        return change(before) with { Id = before.Id, Name = before.Name, CreatedAt = before.CreatedAt };
    }

    /// <summary>Whether a trip is among those that a query asks for, wherever the list is to go on.</summary>
    /// <param name="query">The query.</param>
    /// <param name="entry">The trip.</param>
    public static bool Matches(TripQuery query, TripRow entry)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(entry);
        return (query.Status is null || entry.Status == query.Status)
            && (query.NamePrefix is null || NameKey(entry.Name).StartsWith(NameKey(query.NamePrefix), StringComparison.Ordinal))
            && (query.From is null || entry.CreatedAt >= query.From)
            && (query.To is null || entry.CreatedAt <= query.To);
    }

    /// <summary>What stands for a name when names are compared.</summary>
    /// <param name="name">The name.</param>
    public static string NameKey(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.ToUpperInvariant();
    }
}

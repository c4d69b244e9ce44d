namespace BookingFunctions.Benchmarks.Costs;

/// <summary>What booking a trip costs, counted and not timed: the same on any machine, however busy it is.</summary>
internal sealed record TripCosts
{
    /// <summary>How many writes a trip is for the store's writer.</summary>
    public required double Writes { get; init; }

    /// <summary>How many commits, with an fsync each, when no other trip shares them.</summary>
    public required double Commits { get; init; }

    /// <summary>How many SQL statements the writer runs.</summary>
    public required double Statements { get; init; }

    /// <summary>How many KiB the process allocates, the request and its answer included.</summary>
    public required double AllocatedKiB { get; init; }

    /// <summary>By how many KiB the file grows.</summary>
    public required double StoredKiB { get; init; }

    /// <summary>Names and values.</summary>
    public IEnumerable<(string Name, double Value)> Values =>
    [
        ("writes", Writes), ("commits", Commits), ("statements", Statements), ("KiB allocated", AllocatedKiB), ("KiB stored", StoredKiB),
    ];
}

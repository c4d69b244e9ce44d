namespace BookingFunctions.Benchmarks.Load;

/// <summary>Where a load generator is.</summary>
internal enum LoadPhase
{
    /// <summary>Nothing counts yet.</summary>
    WarmUp,

    /// <summary>It counts from here on.</summary>
    Measuring,

    /// <summary>Nothing counts any more; trips that were on their way are waited for.</summary>
    Measured,

    /// <summary>All is over.</summary>
    Ended,
}

namespace BookingFunctions.Simulation.Worlds;

/// <summary>What a restart may change: the app's settings, and its code.</summary>
internal sealed record AppVersion
{
    /// <summary>Whether a <c>buggy</c> hotel can be booked.</summary>
    public bool HotelBugFixed { get; init; }

    /// <summary>Whether a <c>stuck</c> hotel can be undone.</summary>
    public bool HotelUndoFixed { get; init; }

    /// <summary>The number of the code of <c>Changing</c>, from 1.</summary>
    public int Code { get; init; } = 1;
}

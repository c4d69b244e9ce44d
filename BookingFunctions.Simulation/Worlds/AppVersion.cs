using BookingFunctions.Simulation.Scheduling;

namespace BookingFunctions.Simulation.Worlds;

/// <summary>What a restart may change: the app's settings, and its code.</summary>
internal sealed record AppVersion
{
    /// <summary>Whether a <c>buggy</c> hotel can be booked.</summary>
    public bool HotelBugFixed { get; init; }

    /// <summary>Whether a <c>stuck</c> hotel can be undone.</summary>
    public bool HotelUndoFixed { get; init; }

    /// <summary>How often a leg is tried, unless its trip says otherwise.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>How often an undo is tried before an operator has to decide.</summary>
    public int UndoAttempts { get; init; } = 5;

    /// <summary>The first wait between tries.</summary>
    public TimeSpan FirstInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The number of the code of <c>Changing</c>, from 1.</summary>
    public int Code { get; init; } = 1;

    /// <summary>The same code and fixes, with other settings for the trips that are still to be started.</summary>
    public AppVersion WithSettings(Draw draw) => this with
    {
        Attempts = draw.Between(1, 4),
        UndoAttempts = draw.Between(1, 4),
        FirstInterval = TimeSpan.FromSeconds(draw.OneOf(0.1, 1, 5)),
    };
}

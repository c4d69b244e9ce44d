namespace BookingFunctions.Travel;

/// <summary>
/// Which faults of the built-in provider are fixed: the section <c>Demo</c>, in the environment <c>Demo__HotelBugFixed</c> and so on.
/// </summary>
public sealed class DemoOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Demo";

    /// <summary>Whether a <c>buggy</c> hotel can be booked.</summary>
    public bool HotelBugFixed { get; set; }

    /// <summary>Whether a <c>stuck</c> hotel can be undone.</summary>
    public bool HotelUndoFixed { get; set; }
}

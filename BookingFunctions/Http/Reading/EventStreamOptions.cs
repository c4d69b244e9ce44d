namespace BookingFunctions.Http.Reading;

/// <summary>The settings of the streams of events.</summary>
public sealed class EventStreamOptions
{
    /// <summary>The section of the configuration that has them.</summary>
    public const string Section = "Events";

    /// <summary>How long a stream lasts at most, above zero and at most a day; null for as long as its trip is undecided.</summary>
    public TimeSpan? MaxDuration { get; set; }

    /// <summary>Whether they make sense.</summary>
    public bool IsValid => MaxDuration is null || (MaxDuration > TimeSpan.Zero && MaxDuration <= TimeSpan.FromDays(1));
}

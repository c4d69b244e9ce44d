namespace BookingFunctions.Tests.EndToEnd;

/// <summary>Settings of the application under test.</summary>
internal static class Settings
{
    /// <summary>
    /// Retries after a few milliseconds, so that no test waits for the seconds that real providers are given, and more and more seldom,
    /// so that a trip that is retried for as long as a test lasts takes no processor's time from the others.
    /// </summary>
    public static IReadOnlyList<(string Name, string Value)> Quick { get; } =
    [
        ("Saga__FirstRetryInterval", "00:00:00.020"),
        ("Saga__BackoffCoefficient", "1.5"),
        ("Saga__MaxRetryInterval", "00:00:00.500"),
        ("Saga__FirstUndoRetryInterval", "00:00:00.020"),
        ("Saga__UndoBackoffCoefficient", "1.5"),
        ("Saga__MaxUndoRetryInterval", "00:00:00.500"),
    ];

    public static readonly (string Name, string Value) HotelBugFixed = ("Demo__HotelBugFixed", "true");

    public static readonly (string Name, string Value) HotelUndoFixed = ("Demo__HotelUndoFixed", "true");
}

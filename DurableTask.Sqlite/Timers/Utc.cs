namespace DurableTask.Sqlite.Timers;

/// <summary>Reads times as the framework gives them.</summary>
internal static class Utc
{
    /// <summary>The time in UTC: what has no kind is UTC already.</summary>
    public static DateTime From(DateTime time) => time.Kind switch
    {
        DateTimeKind.Local => time.ToUniversalTime(),
        DateTimeKind.Unspecified => DateTime.SpecifyKind(time, DateTimeKind.Utc),
        _ => time,
    };
}

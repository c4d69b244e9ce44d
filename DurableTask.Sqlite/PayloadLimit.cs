namespace DurableTask.Sqlite;

/// <summary>Refuses payloads that are too large.</summary>
internal static class PayloadLimit
{
    /// <summary>Checks a payload.</summary>
    /// <param name="settings">Have the limit.</param>
    /// <param name="payload">The payload, or null.</param>
    /// <param name="name">What it is, at the beginning of a sentence.</param>
    /// <exception cref="ArgumentException">It is too large.</exception>
    public static void Check(SqliteOrchestrationServiceSettings settings, string? payload, string name)
    {
        if (IsExceeded(settings, payload))
        {
            throw new ArgumentException(Explain(settings, payload!, name));
        }
    }

    /// <summary>Whether a payload is too large.</summary>
    public static bool IsExceeded(SqliteOrchestrationServiceSettings settings, string? payload) => payload?.Length > settings.MaxPayloadLength;

    /// <summary>Says why a payload is refused.</summary>
    public static string Explain(SqliteOrchestrationServiceSettings settings, string payload, string name) =>
        $"{name} has {payload.Length:N0} characters, and {settings.MaxPayloadLength:N0} are allowed. "
        + "Keep large data elsewhere, and pass a reference to it.";
}

namespace DurableTask.Sqlite.Payloads;

/// <summary>
/// An input, an output, an event or a custom status is larger than <see cref="SqliteOrchestrationServiceSettings.MaxPayloadLength"/>.
/// Clients get it thrown; an activity fails with it, and so does an orchestration whose turn has such a payload.
/// </summary>
public sealed class PayloadTooLargeException : ArgumentException
{
    /// <summary>A payload is too large.</summary>
    public PayloadTooLargeException()
    {
    }

    /// <summary>A payload is too large.</summary>
    /// <param name="message">Which one, by how much, and what to do.</param>
    public PayloadTooLargeException(string message)
        : base(message)
    {
    }

    /// <summary>A payload is too large.</summary>
    /// <param name="message">Which one, by how much, and what to do.</param>
    /// <param name="innerException">What was thrown.</param>
    public PayloadTooLargeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

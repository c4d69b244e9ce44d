using DurableTask.Core;

namespace DurableTask.Sqlite.Instances;

/// <summary>What was asked of an instance can't be done in the state it is in: it isn't there, has ended, or has not failed.</summary>
public sealed class OrchestrationNotRunningException : InvalidOperationException
{
    /// <summary>An instance isn't in the state that a request needs.</summary>
    public OrchestrationNotRunningException()
    {
    }

    /// <summary>An instance isn't in the state that a request needs.</summary>
    /// <param name="message">Which instance, and why.</param>
    public OrchestrationNotRunningException(string message)
        : base(message)
    {
    }

    /// <summary>An instance isn't in the state that a request needs.</summary>
    /// <param name="message">Which instance, and why.</param>
    /// <param name="innerException">What was thrown.</param>
    public OrchestrationNotRunningException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The instance's status; null if there is no such instance.</summary>
    public OrchestrationStatus? Status { get; init; }
}

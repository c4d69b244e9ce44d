namespace Microsoft.DurableTask.Client;

/// <summary>The status of an orchestration instance.</summary>
public enum OrchestrationRuntimeStatus
{
    /// <summary>It has begun and not ended.</summary>
    Running = 0,

    /// <summary>It ended with an output.</summary>
    Completed = 1,

    /// <summary>It ended this execution and goes on with a new one. No client is told: such an instance is running.</summary>
    [Obsolete("No backend uses this status any more: an instance that continues as new is running.")]
    ContinuedAsNew = 2,

    /// <summary>It ended with a failure.</summary>
    Failed = 3,

    /// <summary>It was cancelled. No backend uses it any more.</summary>
    [Obsolete("No backend uses this status any more.")]
    Canceled = 4,

    /// <summary>It was terminated from outside.</summary>
    Terminated = 5,

    /// <summary>It was created and has not begun.</summary>
    Pending = 6,

    /// <summary>It was suspended from outside, and does nothing until it is resumed.</summary>
    Suspended = 7,
}

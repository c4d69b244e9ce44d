namespace DurableTask.Core.History;

/// <summary>An execution ended.</summary>
public class ExecutionCompletedEvent : HistoryEvent
{
    /// <summary>Makes an event.</summary>
    /// <param name="eventId">The id, or -1 for an event that came from outside.</param>
    /// <param name="result">The result as JSON, or null.</param>
    /// <param name="orchestrationStatus">The final status.</param>
    /// <param name="failureDetails">The failure, or null.</param>
    public ExecutionCompletedEvent(int eventId, string? result, OrchestrationStatus orchestrationStatus, FailureDetails? failureDetails = null)
        : base(eventId)
    {
        Result = result;
        OrchestrationStatus = orchestrationStatus;
        FailureDetails = failureDetails;
    }

    /// <inheritdoc/>
    public override EventType EventType => EventType.ExecutionCompleted;

    /// <summary>The final status.</summary>
    public OrchestrationStatus OrchestrationStatus { get; }

    /// <summary>The output as JSON; the message of a failure; the reason of a termination.</summary>
    public string? Result { get; }

    /// <summary>Why it failed, or null.</summary>
    public FailureDetails? FailureDetails { get; }
}

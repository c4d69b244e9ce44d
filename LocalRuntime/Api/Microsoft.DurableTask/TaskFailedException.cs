namespace Microsoft.DurableTask;

/// <summary>Thrown into an orchestrator where it awaits an activity or a sub-orchestrator that has failed.</summary>
public sealed class TaskFailedException : Exception
{
    /// <summary>Makes the exception for a task that ended with an exception.</summary>
    /// <param name="taskName">The name of the activity or sub-orchestrator.</param>
    /// <param name="taskId">The number of the call within its orchestration, counted from 0.</param>
    /// <param name="innerException">The exception.</param>
    public TaskFailedException(string taskName, int taskId, Exception innerException)
        : base(Describe(taskName, taskId, innerException?.Message), innerException)
    {
        TaskName = taskName;
        TaskId = taskId;
        FailureDetails = TaskFailureDetails.FromException(innerException!);
    }

    /// <summary>Makes the exception for a task whose failure is known by its details.</summary>
    /// <param name="taskName">The name of the activity or sub-orchestrator.</param>
    /// <param name="taskId">The number of the call within its orchestration, counted from 0.</param>
    /// <param name="failureDetails">The details.</param>
    public TaskFailedException(string taskName, int taskId, TaskFailureDetails failureDetails)
        : base(Describe(taskName, taskId, failureDetails?.ErrorMessage))
    {
        ArgumentNullException.ThrowIfNull(failureDetails);
        TaskName = taskName;
        TaskId = taskId;
        FailureDetails = failureDetails;
    }

    /// <summary>The name of the activity or sub-orchestrator.</summary>
    public string TaskName { get; }

    /// <summary>The number of the call within its orchestration, counted from 0.</summary>
    public int TaskId { get; }

    /// <summary>Why the task failed.</summary>
    public TaskFailureDetails FailureDetails { get; }

    private static string Describe(string taskName, int taskId, string? reason) =>
        $"Task '{taskName}' (#{taskId}) failed with an unhandled exception" + (reason is null ? "." : $": {reason}");
}

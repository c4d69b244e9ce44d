using System.Runtime.CompilerServices;
using DurableTask.Core;
using DurableTask.Core.Exceptions;

namespace LocalFunctionsHost.Worker;

/// <summary>Makes the exception by which the framework takes an activity's failure as it is given.</summary>
internal static class TaskFailures
{
    /// <param name="reason">What the history says first.</param>
    /// <param name="cause">The exception of the activity; null if there was none.</param>
    /// <param name="details">What the orchestrator gets.</param>
    public static TaskFailureException Create(string reason, Exception? cause, FailureDetails details)
    {
        var failure = new TaskFailureException(reason, cause);
        SetDetails(failure, details);
        return failure;
    }

    // Internal there, because its own base classes of activities set it.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_FailureDetails")]
    private static extern void SetDetails(TaskFailureException failure, FailureDetails details);
}

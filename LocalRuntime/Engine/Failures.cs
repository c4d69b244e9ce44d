using DurableTask.Core;
using Microsoft.DurableTask;

namespace LocalRuntime.Engine;

/// <summary>Exceptions as the failure details that are kept of them.</summary>
internal static class Failures
{
    /// <summary>What is kept of an exception. A task that doesn't exist is never retried, and has upstream's error type.</summary>
    public static FailureDetails Of(Exception exception) => exception is TaskMissingException missing
        ? new FailureDetails(missing.ErrorType, missing.Message, null, null, isNonRetriable: true)
        : TaskFailureDetails.FromException(exception).ToCore();

    /// <summary>A failure as one line of text.</summary>
    public static string Describe(FailureDetails failure) => $"{failure.ErrorType}: {failure.ErrorMessage}";
}

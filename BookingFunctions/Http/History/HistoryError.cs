using BookingFunctions.Trips;
using DurableTask.Core;

namespace BookingFunctions.Http.History;

/// <summary>A failure in a trip's history, uncut.</summary>
/// <param name="Type">The exception's full type name.</param>
/// <param name="Message">Its message.</param>
/// <param name="StackTrace">Where it was thrown, or null if that isn't known.</param>
/// <param name="Causes">
/// The failures that caused it, the nearest first. A list, as schemas that refer to themselves break generators.
/// </param>
public sealed record HistoryError(string Type, string Message, string? StackTrace, IReadOnlyList<LegError> Causes)
{
    /// <summary>Shows a failure.</summary>
    /// <param name="failure">The failure, as Durable Functions keeps it, or null.</param>
    /// <param name="reason">What is said of it where its details are not kept, or null.</param>
    /// <returns>Null if neither is there.</returns>
    public static HistoryError? Of(FailureDetails? failure, string? reason = null) => (failure, reason) switch
    {
        (not null, _) => new HistoryError(failure.ErrorType, failure.ErrorMessage, failure.StackTrace, [.. CausesOf(failure)]),
        (null, not null) => new HistoryError("(unknown)", reason, null, []),
        _ => null,
    };

    private static IEnumerable<LegError> CausesOf(FailureDetails failure)
    {
        for (var cause = failure.InnerFailure; cause is not null; cause = cause.InnerFailure)
        {
            yield return new LegError(cause.ErrorType, cause.ErrorMessage, cause.StackTrace);
        }
    }
}

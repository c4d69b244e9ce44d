using DurableTask.Core;

namespace BookingFunctions.Http;

/// <summary>A failure in a trip's history, uncut.</summary>
/// <param name="Type">The exception's full type name.</param>
/// <param name="Message">Its message.</param>
/// <param name="StackTrace">Where it was thrown, or null if that isn't known.</param>
/// <param name="Inner">The failure that caused it, or null.</param>
public sealed record HistoryError(string Type, string Message, string? StackTrace, HistoryError? Inner)
{
    /// <summary>Shows a failure.</summary>
    /// <param name="failure">The failure, as Durable Functions keeps it, or null.</param>
    /// <param name="reason">What is said of it where its details are not kept, or null.</param>
    /// <returns>Null if neither is there.</returns>
    public static HistoryError? Of(FailureDetails? failure, string? reason = null) => (failure, reason) switch
    {
        (not null, _) => new HistoryError(failure.ErrorType, failure.ErrorMessage, failure.StackTrace, Of(failure.InnerFailure)),
        (null, not null) => new HistoryError("(unknown)", reason, null, null),
        _ => null,
    };
}

namespace DurableTask.Core;

/// <summary>What is kept of an exception: enough to show it, and to decide by its type.</summary>
public class FailureDetails
{
    /// <summary>Makes the details of nothing; for deserializers.</summary>
    public FailureDetails()
        : this("None", string.Empty, null, null, isNonRetriable: false)
    {
    }

    /// <summary>Makes the details of an exception and its inner exceptions.</summary>
    /// <param name="e">The exception.</param>
    public FailureDetails(Exception e)
        : this(e, e.InnerException is { } inner ? new FailureDetails(inner) : null)
    {
    }

    /// <summary>Makes the details of an exception with an inner failure of one's own.</summary>
    /// <param name="e">The exception.</param>
    /// <param name="innerFailure">The inner failure, or null.</param>
    public FailureDetails(Exception e, FailureDetails? innerFailure)
        : this(e.GetType().FullName!, e.Message, e.StackTrace, innerFailure, isNonRetriable: false)
    {
    }

    /// <summary>Makes details from their parts.</summary>
    /// <param name="errorType">The exception's full type name.</param>
    /// <param name="errorMessage">Its message.</param>
    /// <param name="stackTrace">Its stack trace, or null.</param>
    /// <param name="innerFailure">The inner failure, or null.</param>
    /// <param name="isNonRetriable">Whether it is never retried, whatever the retry policy says.</param>
    public FailureDetails(string errorType, string errorMessage, string? stackTrace, FailureDetails? innerFailure, bool isNonRetriable)
        : this(errorType, errorMessage, stackTrace, innerFailure, isNonRetriable, null)
    {
    }

    /// <summary>Makes details from their parts.</summary>
    /// <param name="errorType">The exception's full type name.</param>
    /// <param name="errorMessage">Its message.</param>
    /// <param name="stackTrace">Its stack trace, or null.</param>
    /// <param name="innerFailure">The inner failure, or null.</param>
    /// <param name="isNonRetriable">Whether it is never retried, whatever the retry policy says.</param>
    /// <param name="properties">More that is to be kept, or null.</param>
    public FailureDetails(
        string errorType,
        string errorMessage,
        string? stackTrace,
        FailureDetails? innerFailure,
        bool isNonRetriable,
        IDictionary<string, object?>? properties = null)
    {
        ErrorType = errorType;
        ErrorMessage = errorMessage;
        StackTrace = stackTrace;
        InnerFailure = innerFailure;
        IsNonRetriable = isNonRetriable;
        Properties = properties;
    }

    /// <summary>The exception's full type name.</summary>
    public string ErrorType { get; }

    /// <summary>Its message.</summary>
    public string ErrorMessage { get; }

    /// <summary>Its stack trace, or null.</summary>
    public string? StackTrace { get; }

    /// <summary>The inner failure, or null.</summary>
    public FailureDetails? InnerFailure { get; }

    /// <summary>Whether it is never retried, whatever the retry policy says.</summary>
    public bool IsNonRetriable { get; }

    /// <summary>More that was kept, or null.</summary>
    public IDictionary<string, object?>? Properties { get; }

    /// <summary>The type and the message in one line.</summary>
    public override string ToString() => $"{ErrorType}: {ErrorMessage}";
}

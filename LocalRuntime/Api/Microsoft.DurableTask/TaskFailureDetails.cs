using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using DurableTask.Core;

namespace Microsoft.DurableTask;

/// <summary>Why a task failed: its exception, as far as it can be kept and sent.</summary>
/// <param name="ErrorType">The full name of the exception's type.</param>
/// <param name="ErrorMessage">The exception's message.</param>
/// <param name="StackTrace">Where it was thrown; null if that isn't known.</param>
/// <param name="InnerFailure">What caused it; null if nothing did.</param>
/// <param name="Properties">More that is known about it; null for nothing.</param>
public record TaskFailureDetails(
    string ErrorType,
    string ErrorMessage,
    string? StackTrace,
    TaskFailureDetails? InnerFailure,
    IDictionary<string, object?>? Properties)
{
    /// <summary>Describes an exception and what caused it.</summary>
    /// <param name="exception">The exception. The details of a failed task are taken as the cause of its exception.</param>
    public static TaskFailureDetails FromException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception is TaskFailedException { FailureDetails: var cause }
            ? Describe(exception, cause, cause.Properties)
            : Describe(exception, exception.InnerException is { } inner ? FromException(inner) : null, null);
    }

    /// <summary>Tells whether the exception was of a type, or of one derived from it.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <returns>True if it was; false if it wasn't, or if its type isn't known in this process.</returns>
    /// <exception cref="AmbiguousMatchException">Several loaded assemblies have a type of the exception's name.</exception>
    public bool IsCausedBy<T>()
        where T : Exception => IsCausedBy(typeof(T));

    /// <summary>Tells whether the exception was of a type, or of one derived from it.</summary>
    /// <param name="targetBaseExceptionType">The type, which is an exception's.</param>
    /// <returns>True if it was; false if it wasn't, or if its type isn't known in this process.</returns>
    /// <exception cref="ArgumentException">The type isn't an exception's.</exception>
    /// <exception cref="AmbiguousMatchException">Several loaded assemblies have a type of the exception's name.</exception>
    public bool IsCausedBy(Type targetBaseExceptionType)
    {
        ArgumentNullException.ThrowIfNull(targetBaseExceptionType);
        if (!typeof(Exception).IsAssignableFrom(targetBaseExceptionType))
        {
            throw new ArgumentException($"The type {targetBaseExceptionType} is not an exception's.", nameof(targetBaseExceptionType));
        }

        return !string.IsNullOrEmpty(ErrorType)
            && FindErrorType(targetBaseExceptionType.Assembly) is { } type
            && targetBaseExceptionType.IsAssignableFrom(type);
    }

    /// <summary>Gives the type and the message, as <c>Type: message</c>.</summary>
    public override string ToString() => $"{ErrorType}: {ErrorMessage}";

    [return: NotNullIfNotNull(nameof(failure))]
    internal static TaskFailureDetails? FromCore(FailureDetails? failure) => failure is null
        ? null
        : new(failure.ErrorType, failure.ErrorMessage, failure.StackTrace, FromCore(failure.InnerFailure), failure.Properties);

    internal FailureDetails ToCore() =>
        new(ErrorType, ErrorMessage, StackTrace, InnerFailure?.ToCore(), isNonRetriable: false, Properties);

    private static TaskFailureDetails Describe(
        Exception exception, TaskFailureDetails? cause, IDictionary<string, object?>? properties) =>
        new(exception.GetType().ToString(), exception.Message, exception.StackTrace, cause, properties);

    // The nearest assemblies come first: a name that is ambiguous in the whole process may not be so there.
    private Type? FindErrorType(Assembly nearest)
    {
        if ((Type.GetType(ErrorType) ?? nearest.GetType(ErrorType)) is { } near)
        {
            return near;
        }

        Type[] found = [.. AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetType(ErrorType)).OfType<Type>()];
        return found.Length > 1
            ? throw new AmbiguousMatchException($"Several loaded assemblies have a type named '{ErrorType}'.")
            : found.SingleOrDefault();
    }
}

using DurableTask.Core;

namespace LocalFunctionsHost.Worker;

/// <summary>What is kept of exceptions: one whose members throw must not fail more than its task.</summary>
internal static class Failures
{
    // Serializers go only so deep.
    private const int MaxDepth = 30;

    /// <summary>Whether the framework can read an exception by itself.</summary>
    public static bool CanBeRead(Exception exception)
    {
        try
        {
            var depth = 0;
            for (var cause = exception; cause is not null; cause = cause.InnerException)
            {
                _ = (cause.Message, cause.StackTrace);
                depth++;
            }

            return depth <= MaxDepth;
        }
        catch (Exception)
        {
            return false;
        }
    }

    /// <summary>Describes an exception and its causes, those beyond the deepest left out.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="properties">What is kept beside its text; null for nothing.</param>
    public static FailureDetails Describe(Exception exception, IExceptionPropertiesProvider? properties = null) =>
        Describe(exception, properties, MaxDepth);

    private static FailureDetails Describe(Exception exception, IExceptionPropertiesProvider? properties, int depth) => new(
        exception.GetType().FullName ?? exception.GetType().Name,
        Read(() => exception.Message) ?? "",
        Read(() => exception.StackTrace),
        exception.InnerException is { } cause && depth > 1 ? Describe(cause, properties, depth - 1) : null,
        isNonRetriable: false,
        properties?.GetExceptionProperties(exception));

    private static string? Read(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (Exception e)
        {
            return $"(unreadable: {e.GetType()})";
        }
    }
}

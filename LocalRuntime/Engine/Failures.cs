using System.Text.Json;
using DurableTask.Core;
using LocalRuntime.Engine.History;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;

namespace LocalRuntime.Engine;

/// <summary>Turns exceptions into the failure details that are kept of them.</summary>
/// <param name="services">Where an <see cref="IExceptionPropertiesProvider"/> may be.</param>
internal sealed class Failures(IServiceProvider services)
{
    private readonly IExceptionPropertiesProvider? provider = services.GetService<IExceptionPropertiesProvider>();

    /// <summary>A failure as one line of text.</summary>
    public static string Describe(FailureDetails failure) => $"{failure.ErrorType}: {failure.ErrorMessage}";

    /// <summary>What is kept of an exception. A task that doesn't exist or a version that doesn't fit is never retried, and has upstream's error type.</summary>
    /// <remarks>Never throws, whatever the exception is like.</remarks>
    public FailureDetails Of(Exception exception) => exception switch
    {
        TaskMissingException missing => new FailureDetails(missing.ErrorType, missing.Message, null, null, isNonRetriable: true),
        VersionMismatchException => new FailureDetails("VersionMismatch", exception.Message, null, null, isNonRetriable: true),
        _ => Of(exception, FailureJson.MaxCauses),
    };

    private FailureDetails Of(Exception exception, int depth)
    {
        var cause = exception is TaskFailedException failed ? failed.FailureDetails : null;
        return new FailureDetails(
            exception.GetType().ToString(),
            Text(() => exception.Message) ?? "",
            Text(() => exception.StackTrace),
            cause?.ToCore() ?? (exception.InnerException is { } inner && depth > 0 ? Of(inner, depth - 1) : null),
            isNonRetriable: false,
            cause is null ? Properties(exception) : cause.Properties);
    }

    private Dictionary<string, object?>? Properties(Exception exception)
    {
        try
        {
            return provider?.GetExceptionProperties(exception)?.ToDictionary(property => property.Key, property => Storable(property.Value));
        }
        catch (Exception e)
        {
            // The failure matters more than what else could be said of it.
            return new Dictionary<string, object?> { [nameof(IExceptionPropertiesProvider)] = $"failed: {Text(() => e.Message)}" };
        }
    }

    private static object? Storable(object? value)
    {
        try
        {
            _ = JsonSerializer.SerializeToUtf8Bytes(value);
            return value;
        }
        catch (Exception)
        {
            return Text(() => value?.ToString());
        }
    }

    // An exception's own members may throw.
    private static string? Text(Func<string?> read)
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

using DurableTask.Core;
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

    /// <summary>What is kept of an exception. A task that doesn't exist is never retried, and has upstream's error type.</summary>
    public FailureDetails Of(Exception exception) => exception is TaskMissingException missing
        ? new FailureDetails(missing.ErrorType, missing.Message, null, null, isNonRetriable: true)
        : provider is null ? TaskFailureDetails.FromException(exception).ToCore() : WithProperties(exception, provider);

    private static FailureDetails WithProperties(Exception exception, IExceptionPropertiesProvider provider) => new(
        exception.GetType().ToString(),
        exception.Message,
        exception.StackTrace,
        exception is TaskFailedException failed ? failed.FailureDetails.ToCore()
            : exception.InnerException is { } inner ? WithProperties(inner, provider) : null,
        isNonRetriable: false,
        Properties(exception, provider));

    private static IDictionary<string, object?>? Properties(Exception exception, IExceptionPropertiesProvider provider)
    {
        try
        {
            return provider.GetExceptionProperties(exception);
        }
        catch (Exception e)
        {
            // The failure matters more than what else could be said of it.
            return new Dictionary<string, object?> { [nameof(IExceptionPropertiesProvider)] = $"failed: {e.Message}" };
        }
    }
}

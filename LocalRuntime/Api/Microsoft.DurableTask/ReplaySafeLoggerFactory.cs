using Microsoft.Extensions.Logging;

namespace Microsoft.DurableTask;

/// <summary>Makes loggers that write nothing while an orchestrator's code is replayed.</summary>
/// <param name="context">Knows whether it is.</param>
/// <param name="source">Gives the context's own factory.</param>
internal sealed class ReplaySafeLoggerFactory(TaskOrchestrationContext context, Func<ILoggerFactory> source) : ILoggerFactory
{
    private const int MaxNesting = 10;

    private readonly Func<ILoggerFactory> source = source;

    public ILogger CreateLogger(string categoryName) => new ReplaySafeLogger(context, Innermost.CreateLogger(categoryName));

    public void AddProvider(ILoggerProvider provider) =>
        throw new NotSupportedException("A replay-safe logger factory takes no providers. Add them to the host's logging.");

    public void Dispose()
    {
        // The factory that it passes everything on to is the host's.
    }

    // A context that wraps another may give that one's replay-safe factory as its own.
    private ILoggerFactory Innermost
    {
        get
        {
            var factory = source();
            for (var nesting = 0; factory is ReplaySafeLoggerFactory wrapper; nesting++)
            {
                if (nesting == MaxNesting)
                {
                    throw new InvalidOperationException(
                        "The orchestration context's LoggerFactory leads back to itself. "
                        + "Let a context that wraps another give the inner one's ReplaySafeLoggerFactory.");
                }

                factory = wrapper.source();
            }

            return factory;
        }
    }
}

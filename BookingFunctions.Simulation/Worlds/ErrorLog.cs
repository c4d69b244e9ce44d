using BookingFunctions.Simulation.Disk;
using Microsoft.Extensions.Logging;

namespace BookingFunctions.Simulation.Worlds;

/// <summary>The log of the product: an error other than a fault of the disk that was drawn is a failure of the world.</summary>
internal sealed class ErrorLog(World world) : ILoggerFactory, ILogger
{
    // It is logged without its cause, which is drawn.
    private const string LostTransaction = "TransactionLost";

    // The framework logs an error when an activity is given up because the host stops.
    private const string Stopped = "SessionAbortedException: The host stops;";

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel) || eventId.Name == LostTransaction || SimulatedDiskException.IsIn(exception))
        {
            return;
        }

        var text = formatter(state, exception);
        if (!text.Contains(Stopped, StringComparison.Ordinal))
        {
            world.Violate($"An error was logged: {text} {exception}");
        }
    }

    public void Dispose()
    {
    }
}

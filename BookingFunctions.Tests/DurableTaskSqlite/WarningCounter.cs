using Microsoft.Extensions.Logging;

namespace BookingFunctions.Tests.DurableTaskSqlite;

/// <summary>Counts what is logged as a warning or worse.</summary>
internal sealed class WarningCounter : ILoggerProvider, ILogger
{
    public int Count { get; private set; }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Count++;

    public void Dispose()
    {
    }
}

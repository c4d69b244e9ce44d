using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace BookingFunctions.Tests.LocalFunctionsHost;

/// <summary>Keeps what is logged, by category.</summary>
internal sealed class LineLogger : ILoggerProvider
{
    private readonly ConcurrentQueue<(string Category, LogLevel Level, string Text)> lines = [];

    /// <summary>All lines, with the texts of exceptions.</summary>
    public IReadOnlyList<(string Category, LogLevel Level, string Text)> Lines => [.. lines];

    /// <summary>The lines of a category.</summary>
    public IReadOnlyList<string> Of(string category) => [.. lines.Where(line => line.Category == category).Select(line => line.Text)];

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, lines);

    public void Dispose()
    {
    }

    private sealed class Logger(string category, ConcurrentQueue<(string Category, LogLevel Level, string Text)> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue((category, logLevel, formatter(state, exception) + exception));
    }
}

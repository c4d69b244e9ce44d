using Microsoft.Extensions.Logging;

namespace BookingFunctions.Tests.Storage;

/// <summary>A log that tells of the first error.</summary>
internal sealed class ErrorSignal : ILoggerFactory, ILogger
{
    private readonly TaskCompletionSource<string> first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the first error's exception says.</summary>
    public Task<string> First => first.Task;

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            first.TrySetResult(exception?.Message ?? "");
        }
    }

    public void Dispose()
    {
    }
}

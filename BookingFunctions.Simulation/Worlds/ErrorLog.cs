using BookingFunctions.Simulation.Disk;
using LocalRuntime.Storage;
using Microsoft.Extensions.Logging;

namespace BookingFunctions.Simulation.Worlds;

/// <summary>The engine's log: an error other than a fault of the disk that was drawn is a failure of the world.</summary>
internal sealed class ErrorLog(World world) : ILoggerFactory, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel) && exception is not (SimulatedDiskException or StoreUnavailableException { InnerException: SimulatedDiskException }))
        {
            world.Violate($"The engine has logged: {formatter(state, exception)} {exception}");
        }
    }

    public void Dispose()
    {
    }
}

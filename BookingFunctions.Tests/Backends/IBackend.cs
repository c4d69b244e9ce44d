using DurableTask.Core;
using Microsoft.Extensions.Logging;

namespace BookingFunctions.Tests.Backends;

/// <summary>An empty task hub on a storage provider of the Durable Task Framework, for one test.</summary>
public interface IBackend : IAsyncDisposable
{
    /// <summary>Why tests can't run on it here; null if they can.</summary>
    static abstract string? SkipReason { get; }

    /// <summary>The service that clients use. It is the worker's as well where a process has one service.</summary>
    BackendClient Client { get; }

    /// <summary>How long a test waits before it reads an instance again: that costs one backend more than another.</summary>
    TimeSpan PollInterval { get; }

    /// <summary>Makes the hub.</summary>
    Task CreateAsync(BackendOptions options);

    /// <summary>Makes what a worker of a process of its own has.</summary>
    IOrchestrationService CreateWorkerService(ILoggerFactory loggers);

    /// <summary>Lets go of what a stopped worker had, so that the next one begins from what is stored.</summary>
    Task ForgetAsync(IOrchestrationService service);
}

using DurableTask.Core;
using DurableTask.Core.Query;

namespace LocalFunctionsHost.Backends;

/// <summary>
/// Where a host keeps its orchestrations: a storage provider of the Durable Task Framework, and what it can do beyond that.
/// </summary>
public interface IOrchestrationBackend : IAsyncDisposable
{
    /// <summary>The backend's name in messages, such as <c>Sqlite</c> or <c>AzureStorage</c>.</summary>
    string Name { get; }

    /// <summary>Where the state is kept, as start-up prints it: a file's full path or a task hub's address.</summary>
    string Location { get; }

    /// <summary>The service that the worker polls.</summary>
    IOrchestrationService Service { get; }

    /// <summary>Starts instances, sends them messages and reads them.</summary>
    IOrchestrationServiceClient Client { get; }

    /// <summary>Lists instances.</summary>
    IOrchestrationServiceQueryClient Queries { get; }

    /// <summary>Removes ended instances.</summary>
    IOrchestrationServicePurgeClient Purges { get; }

    /// <summary>
    /// Whether <see cref="IOrchestrationServiceClient.WaitForOrchestrationAsync"/> returns as soon as the instance has ended. Otherwise
    /// the client polls the instance's state itself.
    /// </summary>
    bool SignalsCompletion { get; }

    /// <summary>
    /// A token that fires when a running activity is to give up, because the storage may have lost what it was called for. Its outcome is
    /// dropped then, and it runs again if it is still scheduled. <see cref="CancellationToken.None"/> if that can't happen.
    /// </summary>
    /// <param name="activity">The activity's call.</param>
    CancellationToken GetCancellation(TaskContext activity);

    /// <summary>Lets a failed instance go on from where it failed.</summary>
    /// <param name="instanceId">The instance's id.</param>
    /// <param name="reason">Why, for the history; may be empty.</param>
    /// <param name="cancellation">Gives up before the rewind has begun.</param>
    /// <exception cref="ArgumentException">There is no such instance.</exception>
    /// <exception cref="InvalidOperationException">It has not failed, or can't be rewound.</exception>
    Task RewindAsync(string instanceId, string reason, CancellationToken cancellation);

    /// <summary>Terminates an instance and the sub-orchestrations that it has started, and theirs.</summary>
    /// <param name="instanceId">The instance's id.</param>
    /// <param name="output">What becomes the output of each, as JSON; null for none.</param>
    /// <param name="cancellation">Gives up before anything has been terminated.</param>
    /// <exception cref="NotSupportedException">The backend can't; the message names it.</exception>
    Task TerminateRecursivelyAsync(string instanceId, string? output, CancellationToken cancellation);

    /// <summary>Removes an ended instance and its ended sub-orchestrations, and theirs.</summary>
    /// <param name="instanceId">The instance's id.</param>
    /// <param name="cancellation">Gives up before anything has been removed.</param>
    /// <exception cref="NotSupportedException">The backend can't; the message names it.</exception>
    Task<PurgeResult> PurgeRecursivelyAsync(string instanceId, CancellationToken cancellation);

    /// <summary>Removes the ended instances that a filter finds, with their ended sub-orchestrations.</summary>
    /// <param name="filter">Which instances.</param>
    /// <param name="cancellation">Stops between instances.</param>
    /// <exception cref="NotSupportedException">The backend can't; the message names it.</exception>
    Task<PurgeResult> PurgeRecursivelyAsync(PurgeInstanceFilter filter, CancellationToken cancellation);

    /// <summary>
    /// Whether an error means that a message was refused because its instance is unknown or has ended. The client then drops the message
    /// without an error, as a backend does that finds out when it delivers it.
    /// </summary>
    /// <param name="error">What a call of the backend has thrown.</param>
    bool IsNotRunning(Exception error);

    /// <summary>
    /// Whether an error means that the storage can't be reached or written for now, so that a caller may try again later.
    /// </summary>
    /// <param name="error">What a call of the backend has thrown.</param>
    /// <param name="retryAfter">How long a caller should wait, at least one second.</param>
    bool IsUnavailable(Exception error, out TimeSpan retryAfter);
}

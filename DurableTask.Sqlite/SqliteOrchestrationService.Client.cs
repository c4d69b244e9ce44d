using DurableTask.Core;
using DurableTask.Core.Exceptions;
using DurableTask.Core.History;
using DurableTask.Sqlite.History;
using DurableTask.Sqlite.Instances;
using DurableTask.Sqlite.Queries;
using DurableTask.Sqlite.Storage;
using Newtonsoft.Json;

namespace DurableTask.Sqlite;

/// <content>What clients ask for: starts, messages, status, history. Each answer rests on what is on the disk.</content>
public sealed partial class SqliteOrchestrationService
{
    private static readonly OrchestrationStatus[] OpenStatuses =
    [
        OrchestrationStatus.Pending, OrchestrationStatus.Running, OrchestrationStatus.Suspended, OrchestrationStatus.ContinuedAsNew,
    ];

    /// <summary>Starts an instance, unless one with the same id is open. One that has ended is replaced.</summary>
    /// <param name="creationMessage">The start.</param>
    /// <exception cref="OrchestrationAlreadyExistsException">The id is taken.</exception>
    /// <exception cref="StoreUnavailableException">The file can't be written.</exception>
    public Task CreateTaskOrchestrationAsync(TaskMessage creationMessage) =>
        CreateTaskOrchestrationAsync(creationMessage, dedupeStatuses: null);

    /// <summary>Starts an instance. One with the same id is replaced unless its status forbids it.</summary>
    /// <param name="creationMessage">The start.</param>
    /// <param name="dedupeStatuses">The statuses that forbid it; null for those of open instances, empty for none.</param>
    /// <exception cref="OrchestrationAlreadyExistsException">The id is taken.</exception>
    /// <exception cref="StoreUnavailableException">The file can't be written.</exception>
    public Task CreateTaskOrchestrationAsync(TaskMessage creationMessage, OrchestrationStatus[]? dedupeStatuses) =>
        CreateTaskOrchestrationAsync(creationMessage, dedupeStatuses, alongside: null);

    /// <summary>Starts an instance and writes rows of the app's own, as one: both are written, or neither.</summary>
    /// <param name="creationMessage">The start.</param>
    /// <param name="dedupeStatuses">
    /// The statuses of an instance with the same id that forbid the start; null for those of open instances, empty for none.
    /// </param>
    /// <param name="alongside">
    /// Writes the app's rows, before the start; it isn't called if the id is taken. If it throws, nothing is started. Null for
    /// none.
    /// </param>
    /// <exception cref="OrchestrationAlreadyExistsException">The id is taken.</exception>
    /// <exception cref="StoreUnavailableException">The file can't be written.</exception>
    public async Task CreateTaskOrchestrationAsync(
        TaskMessage creationMessage, OrchestrationStatus[]? dedupeStatuses, Action<SqliteSession>? alongside)
    {
        ArgumentNullException.ThrowIfNull(creationMessage);
        if (creationMessage.Event is not ExecutionStartedEvent start)
        {
            throw new ArgumentException(
                "Only a start creates an instance: the message's event is to be an ExecutionStartedEvent.", nameof(creationMessage));
        }

        start.OrchestrationInstance ??= creationMessage.OrchestrationInstance;
        start.OrchestrationInstance.ExecutionId ??= creationMessage.OrchestrationInstance.ExecutionId ?? Guid.NewGuid().ToString("N");
        creationMessage.OrchestrationInstance = start.OrchestrationInstance;
        var id = start.OrchestrationInstance.InstanceId;
        InstanceIds.Check(id);
        payloads.Check(start.Input, "The input");
        var refusing = dedupeStatuses ?? OpenStatuses;
        var message = OutgoingMessage.From(creationMessage, Now);
        var write = database.Queue(
            session =>
            {
                List<Change> changes = [];
                if (InstanceRows.Find(session, id) is { } existing)
                {
                    if (refusing.Contains(existing.Status))
                    {
                        return new StartResult(existing.Status, []);
                    }

                    InstanceRows.Delete(session, existing.Key);
                    changes.Add(new InstanceClosed(existing.Key, id));
                }

                alongside?.Invoke(session);
                changes.Add(new InstanceStarted(InstanceRows.Insert(session, start, message.Json), creationMessage));
                return new StartResult(null, changes);
            },
            settings.StartLinger,
            drainsOnCaller: false,
            result => instances.Apply(result.Changes));
        await write.Durable;
        if ((await write.Made).Taken is { } taken)
        {
            throw new OrchestrationAlreadyExistsException($"An orchestration with the id '{id}' exists already: its status is {taken}.");
        }
    }

    /// <summary>Sends a message to an open instance. It is delivered after those that were sent before it.</summary>
    /// <param name="message">The message.</param>
    /// <exception cref="OrchestrationNotRunningException">There is no such instance, or it has ended.</exception>
    /// <exception cref="StoreUnavailableException">The file can't be written.</exception>
    public Task SendTaskOrchestrationMessageAsync(TaskMessage message) => SendTaskOrchestrationMessageBatchAsync(message);

    /// <summary>Sends messages to open instances, as one: all are written, or none.</summary>
    /// <param name="messages">The messages.</param>
    /// <exception cref="OrchestrationNotRunningException">There is no such instance, or it has ended.</exception>
    /// <exception cref="StoreUnavailableException">The file can't be written.</exception>
    public async Task SendTaskOrchestrationMessageBatchAsync(params TaskMessage[] messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var now = Now;
        foreach (var message in messages)
        {
            InstanceIds.Check(message.OrchestrationInstance?.InstanceId);
            if (message.Event is ExecutionStartedEvent)
            {
                throw new ArgumentException("A start is no message to an instance: use CreateTaskOrchestrationAsync.", nameof(messages));
            }

            payloads.Check((message.Event as EventRaisedEvent)?.Input, "The event's payload");
        }

        var outgoing = messages.Select(message => OutgoingMessage.From(message, now)).ToList();
        await SendAsync(session =>
        {
            List<(InstanceRow Receiver, OutgoingMessage Message)> receivers = [];
            foreach (var message in outgoing)
            {
                var receiver = InstanceRows.Find(session, message.InstanceId);
                var isAllowed = message.Message.Event is ExecutionRewoundEvent
                    ? receiver is { IsOpen: false, Status: OrchestrationStatus.Failed }
                    : receiver is { IsOpen: true };
                if (!isAllowed)
                {
                    return new SendResult(receiver, message.InstanceId, []);
                }

                receivers.Add((receiver!, message));
            }

            List<Change> changes = [];
            foreach (var (receiver, message) in receivers)
            {
                switch (message.Message.Event)
                {
                    case ExecutionTerminatedEvent terminated:
                        Termination.Terminate(session, receiver, terminated.Input, isRecursive: false, now, changes);
                        break;
                    case ExecutionRewoundEvent:
                        changes.Add(Inbox.Rewind(session, receiver, message, now));
                        break;
                    default:
                        changes.Add(Inbox.Add(session, receiver.Key, message));
                        break;
                }
            }

            return new SendResult(null, null, changes);
        });
    }

    /// <summary>Terminates an open instance. Its children go on.</summary>
    /// <param name="instanceId">Its id.</param>
    /// <param name="reason">Why: it becomes the instance's output.</param>
    /// <exception cref="OrchestrationNotRunningException">There is no such instance, or it has ended.</exception>
    public Task ForceTerminateTaskOrchestrationAsync(string instanceId, string reason) =>
        ForceTerminateTaskOrchestrationAsync(instanceId, reason, isRecursive: false);

    /// <summary>Terminates an open instance.</summary>
    /// <param name="instanceId">Its id.</param>
    /// <param name="reason">Why: it becomes the instance's output.</param>
    /// <param name="isRecursive">
    /// Whether the open children that it waits for are terminated as well, and theirs, in the same commit.
    /// </param>
    /// <exception cref="OrchestrationNotRunningException">There is no such instance, or it has ended.</exception>
    /// <exception cref="StoreUnavailableException">The file can't be written.</exception>
    public async Task ForceTerminateTaskOrchestrationAsync(string instanceId, string? reason, bool isRecursive)
    {
        InstanceIds.Check(instanceId);
        var now = Now;
        await SendAsync(session =>
        {
            if (InstanceRows.Find(session, instanceId) is not { IsOpen: true } instance)
            {
                return new SendResult(InstanceRows.Find(session, instanceId), instanceId, []);
            }

            List<Change> changes = [];
            Termination.Terminate(session, instance, reason, isRecursive, now, changes);
            return new SendResult(null, null, changes);
        });
    }

    /// <summary>
    /// Lets a failed instance go on from where it failed: what has failed is taken out of its history and done again, failed children
    /// included.
    /// </summary>
    /// <param name="instanceId">Its id.</param>
    /// <param name="reason">Why: it stands in the history.</param>
    /// <exception cref="OrchestrationNotRunningException">There is no such instance, or it has not failed.</exception>
    /// <exception cref="StoreUnavailableException">The file can't be written.</exception>
    public Task RewindTaskOrchestrationAsync(string instanceId, string reason) =>
        SendTaskOrchestrationMessageBatchAsync(new TaskMessage
        {
            OrchestrationInstance = new OrchestrationInstance { InstanceId = instanceId },
            Event = new ExecutionRewoundEvent(-1, reason),
        });

    /// <summary>Waits for the end of an instance, in any execution. It is signalled: nothing is polled.</summary>
    /// <param name="instanceId">Its id. It need not exist yet.</param>
    /// <param name="executionId">Not used: the wait for an instance that continues as new ends with its last execution.</param>
    /// <param name="timeout">How long to wait; zero to read the status once.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The status with which it ended; null if it had not ended in time.</returns>
    public async Task<OrchestrationState> WaitForOrchestrationAsync(
        string instanceId, string executionId, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(instanceId);
        if (timeout < TimeSpan.Zero && timeout != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentOutOfRangeException(nameof(timeout), timeout, "The timeout is to be positive, or Timeout.InfiniteTimeSpan.");
        }

        var deadline = timeout == Timeout.InfiniteTimeSpan ? (long?)null : clock.GetTimestamp();
        while (true)
        {
            var waiter = waiters.Add(instanceId);
            try
            {
                var state = await database.ReadAsync(session => InstanceStates.Find(session, instanceId), cancellationToken);
                if (state is not null && !OpenStatuses.Contains(state.OrchestrationStatus))
                {
                    return state;
                }

                var left = deadline is { } begun ? timeout - clock.GetElapsedTime(begun) : Timeout.InfiniteTimeSpan;
                if (deadline is not null && left <= TimeSpan.Zero)
                {
                    return null!;
                }

                await WaitAsync(waiter, left < TimeSpan.FromDays(40) ? left : Timeout.InfiniteTimeSpan, cancellationToken);
            }
            catch (TimeoutException)
            {
                return null!;
            }
            finally
            {
                waiters.Remove(instanceId, waiter);
            }
        }
    }

    // Not Task.WaitAsync: it would be resumed on the thread pool, which a simulation can't drive.
    private async Task WaitAsync(TaskCompletionSource waiter, TimeSpan timeout, CancellationToken cancellation)
    {
        await using var registration = cancellation.Register(() => waiter.TrySetCanceled(cancellation));
        await using var timer = clock.CreateTimer(
            _ => waiter.TrySetException(new TimeoutException()), null, timeout, Timeout.InfiniteTimeSpan);
        await waiter.Task;
    }

    /// <summary>Reads an instance's status. A file has one execution of an instance, the last.</summary>
    /// <param name="instanceId">Its id.</param>
    /// <param name="allExecutions">Makes no difference.</param>
    /// <returns>The status, or nothing if there is no such instance.</returns>
    public async Task<IList<OrchestrationState>> GetOrchestrationStateAsync(string instanceId, bool allExecutions) =>
        await ReadStateAsync(instanceId) is { } state ? [state] : [];

    /// <summary>Reads an instance's status.</summary>
    /// <param name="instanceId">Its id.</param>
    /// <param name="executionId">Its execution; null or empty for the last one.</param>
    /// <returns>The status; null if there is no such instance or execution.</returns>
    public async Task<OrchestrationState> GetOrchestrationStateAsync(string instanceId, string? executionId)
    {
        var state = await ReadStateAsync(instanceId);
        return string.IsNullOrEmpty(executionId) || state?.OrchestrationInstance.ExecutionId == executionId ? state! : null!;
    }

    /// <summary>Reads an instance's history as a JSON array of events, as the framework's own providers give it.</summary>
    /// <param name="instanceId">Its id.</param>
    /// <param name="executionId">Its execution; null or empty for the last one.</param>
    /// <returns>The array; it is empty if there is no such instance or execution.</returns>
    public async Task<string> GetOrchestrationHistoryAsync(string instanceId, string? executionId)
    {
        var events = await GetHistoryEventsAsync(instanceId, executionId, CancellationToken.None);
        using StringWriter writer = new();
        JsonSerializer.Create().Serialize(writer, events);
        return writer.ToString();
    }

    /// <summary>Reads an instance's history.</summary>
    /// <param name="instanceId">Its id.</param>
    /// <param name="executionId">Its execution; null or empty for the last one.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The events; none if there is no such instance or execution.</returns>
    public async Task<IReadOnlyList<HistoryEvent>> GetHistoryEventsAsync(
        string instanceId, string? executionId, CancellationToken cancellation)
    {
        var history = await database.ReadAsync(
            session => InstanceRows.Find(session, instanceId) is { } instance
                && (string.IsNullOrEmpty(executionId) || instance.ExecutionId == executionId)
                    ? HistoryRows.Read(session, instance.Key)
                    : null,
            cancellation);
        var events = history?.ReadEvents() ?? [];
        if (!settings.StoreInputsInOrchestrationHistory)
        {
            events.OfType<TaskScheduledEvent>().ToList().ForEach(scheduled => scheduled.Input = null);
        }

        return events;
    }

    private async Task<OrchestrationState?> ReadStateAsync(string instanceId)
    {
        if (await FindAsync() is { } state)
        {
            return state;
        }

        // An activity that has begun before commit may ask for its own instance.
        return await database.SettleAsync() ? await FindAsync() : null;

        Task<OrchestrationState?> FindAsync() =>
            database.ReadAsync(session => InstanceStates.Find(session, instanceId), CancellationToken.None);
    }

    private async Task SendAsync(Func<SqliteSession, SendResult> send)
    {
        var write = database.Queue(send, TimeSpan.Zero, drainsOnCaller: false, result => instances.Apply(result.Changes));
        await write.Durable;
        var result = await write.Made;
        if (!result.IsSent)
        {
            throw InstanceIds.NotInState(result.RefusedId!, result.Refused);
        }

        foreach (var closed in result.Changes.OfType<InstanceClosed>())
        {
            waiters.Signal(closed.InstanceId);
        }
    }
}

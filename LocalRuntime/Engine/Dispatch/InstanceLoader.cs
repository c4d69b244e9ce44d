using System.Diagnostics.CodeAnalysis;
using DurableTask.Core;
using DurableTask.Core.History;
using LocalRuntime.Engine.History;
using LocalRuntime.Engine.Replay;
using LocalRuntime.Storage;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace LocalRuntime.Engine.Dispatch;

/// <summary>Brings an instance from the store into memory, by replay.</summary>
/// <param name="store">Where it is.</param>
/// <param name="registry">The orchestrators.</param>
/// <param name="services">The services for them.</param>
/// <param name="converter">Turns inputs and results into JSON and back.</param>
/// <param name="failures">Turns the code's exceptions into failure details.</param>
/// <param name="clock">Says which messages are visible.</param>
/// <param name="loggers">For the code's loggers.</param>
/// <param name="notYet">Told of each message that an instance has and that is not visible yet.</param>
/// <param name="options">Which versions run; null for all.</param>
internal sealed class InstanceLoader(
    IOrchestrationStore store,
    DurableTaskRegistry registry,
    IServiceProvider services,
    DataConverter converter,
    Failures failures,
    TimeProvider clock,
    ILoggerFactory loggers,
    Action<InstanceMessage> notYet,
    DurableEngineOptions? options = null)
{
    /// <summary>Loads an instance.</summary>
    /// <param name="live">Where it goes.</param>
    /// <param name="resumedFromOutside">Called when something that isn't durable tries to resume its code.</param>
    /// <returns>
    /// The messages that wait in its inbox, with what a rewound instance has not heard of its children; and why its history can't
    /// be replayed (null if it was). Null if there is no such instance, or it has ended.
    /// </returns>
    /// <exception cref="VersionMismatchException">It is of a version that is left alone here.</exception>
    public async Task<(List<Delivery> Inbox, Exception? Broken)?> LoadAsync(LiveInstance live, Action resumedFromOutside)
    {
        var stored = await store.LoadAsync(live.Id, CancellationToken.None);
        if (stored is null || TurnCommit.IsTerminal(stored.Row.Status))
        {
            return null;
        }

        var mismatch = options is null ? null : VersionCheck.Refuse(options, stored.Row.Version);
        if (mismatch is not null && options!.VersionFailure == VersionFailureStrategy.Reject)
        {
            throw new VersionMismatchException(mismatch);
        }

        var execution = Create(live.Id, resumedFromOutside);
        var history = ReadHistory(stored);
        Exception? broken = mismatch is null ? null : new VersionMismatchException(mismatch);
        try
        {
            execution.Replay(history);
        }
        catch (Exception e)
        {
            // Whatever it was, this instance can't go on; the engine can.
            broken ??= e;
        }

        var inbox = ReadInbox(stored);
        if (broken is null && history.Any(historyEvent => historyEvent is ExecutionRewoundEvent))
        {
            inbox.AddRange(await ReadChildrenAsync(stored.Row, execution));
        }

        live.Row = stored.Row;
        live.LastTurn = stored.LastTurn;
        live.SeenMessageId = stored.LastMessageId;
        live.Execution = execution;
        return (inbox, broken);
    }

    /// <summary>Whether an instance of a version is run here as any other.</summary>
    public bool Takes(string? version) => options is null || VersionCheck.Refuse(options, version) is null;

    /// <summary>Makes an execution that has not begun.</summary>
    public OrchestrationExecution Create(string instanceId, Action? resumedFromOutside = null) =>
        new(instanceId, FindOrchestrator, converter, failures, loggers, resumedFromOutside)
        {
            DefaultVersion = options?.DefaultVersion ?? "",
        };

    /// <summary>Reads an instance's history, with its input and its output.</summary>
    public static List<HistoryEvent> ReadHistory(StoredInstance stored) =>
        [.. stored.History.SelectMany(HistoryJson.ReadAll).Select(historyEvent => Whole(historyEvent, stored.Row))];

    // A child that ended while its parent had failed told it in vain. One that has told it as well is heard once: the second time
    // nobody waits for it any more.
    private async Task<List<Delivery>> ReadChildrenAsync(InstanceRow parent, OrchestrationExecution execution)
    {
        var ended = new List<Delivery>();
        foreach (var child in execution.OpenTasks.OfType<SubOrchestrationAction>())
        {
            if (OutcomeOf(child, parent, await store.ReadAsync(child.InstanceId, CancellationToken.None)) is { } outcome)
            {
                outcome.Timestamp = clock.GetUtcNow().UtcDateTime;
                ended.Add(new Delivery(outcome) { InstanceKey = parent.Key, ExecutionId = parent.ExecutionId });
            }
        }

        return ended;
    }

    private static HistoryEvent? OutcomeOf(SubOrchestrationAction child, InstanceRow parent, InstanceRow? row)
    {
        if (row?.ParentInstanceId != parent.InstanceId)
        {
            return new SubOrchestrationInstanceFailedEvent(-1, child.Id, null, null, new FailureDetails(
                typeof(InvalidOperationException).FullName!,
                $"What became of the sub-orchestration '{child.InstanceId}' is not known: it was purged, or its id is another instance's by now.",
                null,
                null,
                false));
        }

        return TurnCommit.IsTerminal(row.Status)
            ? StoreWriter.ToParent(row, new OrchestrationOutcome(row.Status, row.Output, FailureJson.Read(row.Failure)), child.Id)
            : null;
    }

    private List<Delivery> ReadInbox(StoredInstance stored)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var inbox = stored.Inbox.Select(message => (message.VisibleAt, Delivery: Delivery.Of(message))).ToList();
        var isTerminated = inbox.Any(message => message.Delivery.Event is ExecutionTerminatedEvent);

        foreach (var message in stored.Inbox.Where(message => message.VisibleAt > now && !isTerminated))
        {
            // Whoever made it look knew of a time that has come; if the clock was set back since, it has to look again.
            notYet(message);
        }

        // What is to start later is needed now if it is terminated before.
        return [.. inbox
            .Where(message => message.VisibleAt is null || message.VisibleAt <= now || isTerminated)
            .Select(message => message.Delivery with { Event = Whole(message.Delivery.Event, stored.Row) })];
    }

    // Input and output are kept once, in the row.
    [return: NotNullIfNotNull(nameof(historyEvent))]
    private static HistoryEvent? Whole(HistoryEvent? historyEvent, InstanceRow row)
    {
        if (historyEvent is ExecutionStartedEvent started)
        {
            started.Input = row.Input;
        }

        return historyEvent is ExecutionCompletedEvent { OrchestrationStatus: OrchestrationStatus.Completed, Result: null } completed
            ? new ExecutionCompletedEvent(completed.EventId, row.Output, OrchestrationStatus.Completed) { Timestamp = completed.Timestamp }
            : historyEvent;
    }

    private ITaskOrchestrator FindOrchestrator(string name, string? version) =>
        registry.TryCreateOrchestrator(name, services, out var orchestrator, version)
            ? orchestrator!
            : throw TaskMissingException.Orchestrator(name, version, registry.OrchestratorNames);
}

using DurableTask.Core.History;
using LocalRuntime.Engine.Replay;
using LocalRuntime.Engine.Tracing;
using LocalRuntime.Storage;

namespace LocalRuntime.Engine.Dispatch;

/// <summary>A turn that was run and is to be committed.</summary>
internal sealed record Turn
{
    /// <summary>The row after it.</summary>
    public required InstanceRow Row { get; init; }

    public required int Number { get; init; }

    /// <summary>The execution that it belongs to; the row has another one if it continues as new.</summary>
    public required string ExecutionId { get; init; }

    /// <summary>When it ran, in UTC.</summary>
    public required DateTime Now { get; init; }

    /// <summary>The events that it adds to the history, as a JSON array.</summary>
    public required string Events { get; init; }

    /// <summary>What it took of what had arrived.</summary>
    public required IReadOnlyList<Delivery> Consumed { get; init; }

    public required IReadOnlyList<OrchestratorAction> Actions { get; init; }

    public required IReadOnlyList<int> CancelledTimers { get; init; }

    /// <summary>The ids of the child instances that are to be terminated too.</summary>
    public IReadOnlyList<string> TerminatedChildren { get; init; } = [];

    /// <summary>Whether <see cref="Events"/> is the whole history, which replaces the one so far.</summary>
    public bool RewritesHistory { get; init; }

    /// <summary>The tasks of the history so far that are to be started again.</summary>
    public IReadOnlyList<OrchestratorAction> StartedAgain { get; init; } = [];

    /// <summary>How the execution ended; null if it goes on.</summary>
    public OrchestrationOutcome? Outcome { get; init; }

    /// <summary>The execution's place in a trace; null if it belongs to none.</summary>
    public OrchestrationTrace? Trace { get; init; }

    /// <summary>The tasks that came to an end in it, if the execution belongs to a trace.</summary>
    public IReadOnlyList<(OrchestratorAction Task, HistoryEvent Outcome)> EndedTasks { get; init; } = [];

    /// <summary>What started the execution; null if that can't be read any more.</summary>
    public ExecutionStartedEvent? Started { get; init; }
}

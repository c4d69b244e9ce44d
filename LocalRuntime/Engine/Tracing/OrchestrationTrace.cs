using System.Diagnostics;
using DurableTask.Core.History;
using DurableTask.Core.Tracing;
using LocalRuntime.Engine.Replay;

namespace LocalRuntime.Engine.Tracing;

/// <summary>The place of an execution in a trace. Its own span and those of its tasks have ids that every replay finds again.</summary>
internal sealed class OrchestrationTrace
{
    private List<(OrchestratorAction Task, HistoryEvent Outcome)> ended = [];

    private OrchestrationTrace(ExecutionStartedEvent started, ActivityContext parent, DateTime startedAt)
    {
        Started = started;
        Parent = parent;
        StartedAt = startedAt;
        Context = new ActivityContext(
            parent.TraceId, SpanIds.Of(started.OrchestrationInstance.ExecutionId, -1), parent.TraceFlags, parent.TraceState, isRemote: true);
    }

    /// <summary>What started the execution.</summary>
    public ExecutionStartedEvent Started { get; }

    /// <summary>The span that the execution's own hangs on.</summary>
    public ActivityContext Parent { get; }

    /// <summary>The execution's own span.</summary>
    public ActivityContext Context { get; }

    /// <summary>When its first turn began, in UTC.</summary>
    public DateTime StartedAt { get; }

    /// <summary>Finds the place of an execution; null if it belongs to no trace.</summary>
    /// <param name="started">What started it.</param>
    /// <param name="startedAt">When its first turn began, in UTC.</param>
    public static OrchestrationTrace? Of(ExecutionStartedEvent started, DateTime startedAt) =>
        started.ParentTraceContext is { } context && EngineSpans.Read(context) is { } parent
            ? new OrchestrationTrace(started, parent, startedAt)
            : null;

    /// <summary>The id of a task's span, from its start to its outcome.</summary>
    public ActivitySpanId SpanOf(int taskId) => SpanIds.Of(Started.OrchestrationInstance.ExecutionId, taskId);

    /// <summary>The trace context that a task passes on.</summary>
    public DistributedTraceContext ContextOf(int taskId) =>
        new($"00-{Context.TraceId}-{SpanOf(taskId)}-{(byte)Context.TraceFlags:x2}", Context.TraceState);

    /// <summary>A task has come to an end, in this turn.</summary>
    public void End(OrchestratorAction task, HistoryEvent outcome) => ended.Add((task, outcome));

    /// <summary>Takes the tasks that came to an end since the last time.</summary>
    public IReadOnlyList<(OrchestratorAction Task, HistoryEvent Outcome)> TakeEnded()
    {
        var taken = ended;
        ended = [];
        return taken;
    }

    /// <summary>Makes the execution's span the current one, so that what its code logs is found with it.</summary>
    public void Enter()
    {
        if (!EngineSpans.IsOn)
        {
            return;
        }

        // Of no source: nobody is told of it. The span itself is told of when the execution has ended.
        var current = new Activity(EngineSpans.Name("orchestration", Started.Name, Started.Version))
            .SetParentId(Parent.TraceId, Parent.SpanId, Parent.TraceFlags)
            .Start();
        SpanIds.Set(current, Context.SpanId);
    }
}

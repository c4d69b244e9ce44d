using System.Diagnostics;
using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Core.Tracing;
using LocalRuntime.Engine.Dispatch;
using LocalRuntime.Engine.Replay;
using LocalRuntime.Storage;

namespace LocalRuntime.Engine.Tracing;

/// <summary>
/// The engine's spans, with the Durable Task Framework's names, kinds and tags. Nothing is done while nobody listens.
/// </summary>
/// <remarks>
/// As its TraceHelper: the span of a start is the parent of the orchestration's, that one the parent of a span for each task from its
/// start to its outcome, and that one the parent of the task's own run. Here, what an orchestrator did is told once its turn is
/// committed, and never again: neither by a replay nor by a turn that was lost.
/// </remarks>
internal static class EngineSpans
{
    /// <summary>The source's name, which is the Durable Task Framework's.</summary>
    public const string SourceName = "DurableTask.Core";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Whether anybody listens.</summary>
    public static bool IsOn => Source.HasListeners();

    /// <summary>Begins the span of a start, and makes it the one that the orchestration belongs to.</summary>
    public static Activity? StartCreation(ExecutionStartedEvent started)
    {
        if (!IsOn)
        {
            return null;
        }

        var parent = Activity.Current;
        var span = Source.StartActivity(Name("create_orchestration", started.Name, started.Version), ActivityKind.Producer);
        span?.SetTag("durabletask.type", "orchestration");
        span?.SetTag("durabletask.task.name", started.Name);
        span?.SetTag("durabletask.task.instance_id", started.OrchestrationInstance.InstanceId);
        span?.SetTag("durabletask.task.execution_id", started.OrchestrationInstance.ExecutionId);
        SetVersion(span, started.Version);
        if ((span ?? parent) is { IdFormat: ActivityIdFormat.W3C, Id: { } id } belongsTo)
        {
            started.ParentTraceContext = new DistributedTraceContext(id, belongsTo.TraceStateString);
        }

        return span;
    }

    /// <summary>Begins the span of an event that a client raises.</summary>
    public static Activity? StartEvent(string instanceId, HistoryEvent historyEvent)
    {
        if (historyEvent is not EventRaisedEvent raised || !IsOn)
        {
            return null;
        }

        var span = Source.StartActivity(Name("orchestration_event", raised.Name, null), ActivityKind.Producer);
        SetEvent(span, raised.Name, instanceId);
        return span;
    }

    /// <summary>Begins the span of a run of an activity.</summary>
    public static Activity? StartRun(ScheduledActivity activity)
    {
        if (!IsOn || activity.Trace is null || Read(activity.Trace) is not { } parent)
        {
            return null;
        }

        var span = Source.StartActivity(Name("activity", activity.Name, activity.Version), ActivityKind.Server, parent);
        SetTask(span, "activity", activity.Name, activity.Version, activity.InstanceId, activity.TaskId);
        return span;
    }

    /// <summary>Tells what a turn has done, once it is committed.</summary>
    public static void Tell(Turn turn)
    {
        if (turn.Trace is not { } trace || !IsOn)
        {
            return;
        }

        foreach (var (task, outcome) in turn.EndedTasks)
        {
            TellTask(turn, trace, task, outcome);
        }

        foreach (var sent in turn.Actions.OfType<SendEventAction>())
        {
            using var span = Source.StartActivity(
                Name("orchestration_event", sent.Name, null), ActivityKind.Producer, trace.Context, startTime: turn.Now);
            SetEvent(span, sent.Name, sent.InstanceId);
            span?.SetTag("durabletask.task.instance_id", turn.Row.InstanceId);
            span?.SetEndTime(turn.Now);
        }

        if (turn.Outcome is { } outcomeOfAll)
        {
            TellOrchestration(turn, trace, outcomeOfAll);
        }
    }

    /// <summary>A trace context as spans know it; null if it can't be read.</summary>
    public static ActivityContext? Read(DistributedTraceContext context) =>
        // As from another process, which it may be: what is not sampled there is not sampled here.
        ActivityContext.TryParse(context.TraceParent, context.TraceState, isRemote: true, out var read) ? read : null;

    /// <summary>The name of a span.</summary>
    public static string Name(string kind, string? task, string? version) =>
        string.IsNullOrEmpty(version) ? $"{kind}:{task}" : $"{kind}:{task}@({version})";

    private static void TellTask(Turn turn, OrchestrationTrace trace, OrchestratorAction task, HistoryEvent outcome)
    {
        var (kind, name) = task switch
        {
            ActivityAction activity => (ActivityKind.Client, Name("activity", activity.Name, activity.Version)),
            SubOrchestrationAction child => (ActivityKind.Client, Name("orchestration", child.Name, child.Version)),
            _ => (ActivityKind.Internal, $"orchestration:{turn.Row.Name}:timer"),
        };
        using var span = Source.StartActivity(name, kind, trace.Context, startTime: task.StartedAt);
        if (span is null)
        {
            return;
        }

        SpanIds.Set(span, trace.SpanOf(task.Id));
        switch (task)
        {
            case ActivityAction activity:
                SetTask(span, "activity", activity.Name, activity.Version, turn.Row.InstanceId, task.Id);
                break;
            case SubOrchestrationAction child:
                SetTask(span, "orchestration", child.Name, child.Version, turn.Row.InstanceId, task.Id);
                break;
            case TimerAction timer:
                SetTask(span, "timer", turn.Row.Name, null, turn.Row.InstanceId, task.Id);
                span.SetTag("durabletask.fire_at", timer.FireAt.ToString("o"));
                break;
        }

        if (outcome is TaskFailedEvent { FailureDetails: var failure })
        {
            span.SetStatus(ActivityStatusCode.Error, failure?.ErrorMessage);
        }
        else if (outcome is SubOrchestrationInstanceFailedEvent { FailureDetails: var failureOfChild })
        {
            span.SetStatus(ActivityStatusCode.Error, failureOfChild?.ErrorMessage);
        }

        span.SetEndTime(turn.Now > task.StartedAt ? turn.Now : task.StartedAt);
    }

    private static void TellOrchestration(Turn turn, OrchestrationTrace trace, OrchestrationOutcome outcome)
    {
        var started = trace.Started;
        using var span = Source.StartActivity(
            Name("orchestration", started.Name, started.Version), ActivityKind.Server, trace.Parent, startTime: trace.StartedAt);
        if (span is null)
        {
            return;
        }

        SpanIds.Set(span, trace.Context.SpanId);
        SetTask(span, "orchestration", started.Name, started.Version, turn.Row.InstanceId, null);
        span.SetTag("durabletask.task.status", outcome.Status.ToString());
        if (outcome.Status is OrchestrationStatus.Failed or OrchestrationStatus.Terminated)
        {
            span.SetStatus(ActivityStatusCode.Error, outcome.Result);
        }

        span.SetEndTime(turn.Now > trace.StartedAt ? turn.Now : trace.StartedAt);
    }

    private static void SetTask(Activity? span, string type, string? name, string? version, string instanceId, int? taskId)
    {
        span?.SetTag("durabletask.type", type);
        span?.SetTag("durabletask.task.name", name);
        span?.SetTag("durabletask.task.instance_id", instanceId);
        SetVersion(span, version);
        if (taskId is { } id)
        {
            span?.SetTag("durabletask.task.task_id", id);
        }
    }

    private static void SetEvent(Activity? span, string name, string target)
    {
        span?.SetTag("durabletask.type", "event");
        span?.SetTag("durabletask.task.name", name);
        span?.SetTag("durabletask.event.target_instance_id", target);
    }

    private static void SetVersion(Activity? span, string? version)
    {
        if (!string.IsNullOrEmpty(version))
        {
            span?.SetTag("durabletask.task.version", version);
        }
    }
}

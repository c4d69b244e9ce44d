using DurableTask.Core;
using DurableTask.Core.History;

namespace DurableTask.Sqlite.Work;

/// <summary>What an open execution waits for, as it follows from its history.</summary>
/// <param name="Activities">Activities that have no outcome.</param>
/// <param name="Timers">Timers that have not fired.</param>
internal sealed record OpenWork(IReadOnlyList<TaskMessage> Activities, IReadOnlyList<TaskMessage> Timers)
{
    /// <summary>Nothing.</summary>
    public static OpenWork None { get; } = new([], []);

    /// <summary>Finds it.</summary>
    /// <param name="instance">The instance and its execution.</param>
    /// <param name="events">Its history.</param>
    public static OpenWork Find(OrchestrationInstance instance, IEnumerable<HistoryEvent> events)
    {
        IDictionary<string, string>? tags = null;
        Dictionary<int, TaskScheduledEvent> activities = [];
        Dictionary<int, TimerCreatedEvent> timers = [];
        foreach (var item in events)
        {
            switch (item)
            {
                case ExecutionStartedEvent started:
                    tags = started.Tags;
                    break;
                case TaskScheduledEvent scheduled:
                    activities[scheduled.EventId] = scheduled;
                    break;
                case TaskCompletedEvent completed:
                    activities.Remove(completed.TaskScheduledId);
                    break;
                case TaskFailedEvent failed:
                    activities.Remove(failed.TaskScheduledId);
                    break;
                case TimerCreatedEvent created:
                    timers[created.EventId] = created;
                    break;
                case TimerFiredEvent fired:
                    timers.Remove(fired.TimerId);
                    break;
            }
        }

        return new OpenWork(
            [.. activities.Values.OrderBy(scheduled => scheduled.EventId).Select(scheduled => new TaskMessage
            {
                OrchestrationInstance = instance,
                OrchestrationExecutionContext = ExecutionContexts.WithTags(tags),
                Event = scheduled,
            })],
            [.. timers.Values.OrderBy(created => created.EventId).Select(created => new TaskMessage
            {
                OrchestrationInstance = instance,
                Event = new TimerFiredEvent(-1, created.FireAt) { TimerId = created.EventId },
            })]);
    }
}

using DurableTask.Core;

namespace DurableTask.Sqlite.Work;

/// <summary>A run of an activity.</summary>
internal sealed class ActivityWorkItem : TaskActivityWorkItem
{
    /// <summary>A work item.</summary>
    /// <param name="activity">The activity.</param>
    /// <param name="generation">The generation of the memory that it belongs to.</param>
    public ActivityWorkItem(OpenActivity activity, long generation)
    {
        Activity = activity;
        Generation = generation;
        TaskMessage = activity.Message;
        var instance = activity.Message.OrchestrationInstance;
        Id = $"{instance.InstanceId}:{instance.ExecutionId}:{activity.Message.Event.EventId}";
        LockedUntilUtc = DateTime.MaxValue;
    }

    /// <summary>The activity.</summary>
    public OpenActivity Activity { get; }

    /// <summary>The generation of the memory that it belongs to: once the memory is dropped, its outcome is ignored.</summary>
    public long Generation { get; }
}

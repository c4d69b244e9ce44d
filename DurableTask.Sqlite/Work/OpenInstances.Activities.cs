using DurableTask.Core;
using DurableTask.Sqlite.Instances;

namespace DurableTask.Sqlite.Work;

/// <content>Activities, from when they may run until their outcome is in the inbox of their instance.</content>
internal sealed partial class OpenInstances
{
    /// <summary>Lets activities run: what has scheduled them is durable, or they have no effects outside the file.</summary>
    public void Run(IEnumerable<OpenActivity> activities, long generation)
    {
        lock (gate)
        {
            if (generation == Generation)
            {
                foreach (var activity in activities)
                {
                    running.Add(KeyOf(activity.Message));
                    runnable.Add(new ActivityWorkItem(activity, generation));
                }
            }
        }
    }

    /// <summary>A token that fires when memory is dropped. It has fired for an activity that does not belong to this memory.</summary>
    public CancellationToken GetCancellation(OrchestrationInstance instance, int taskId)
    {
        lock (gate)
        {
            return running.Contains((instance.InstanceId, instance.ExecutionId, taskId))
                ? lost.Token
                : new CancellationToken(canceled: true);
        }
    }

    /// <summary>The activities that an instance waits for.</summary>
    public IReadOnlyList<OpenActivity> ActivitiesOf(OpenInstance instance)
    {
        lock (gate)
        {
            return [.. instance.Activities.Values];
        }
    }

    /// <summary>Takes the next activity; null if there is none in time.</summary>
    public Task<ActivityWorkItem?> TakeActivityAsync(TimeSpan timeout, CancellationToken cancellation) =>
        runnable.TakeAsync(timeout, cancellation);

    /// <summary>Delivers the outcome of an activity. It is kept in memory until a turn has consumed it.</summary>
    public void CompleteActivity(ActivityWorkItem item, TaskMessage outcome)
    {
        long? row = null;
        Change(() =>
        {
            var activity = item.Activity;
            if (item.Generation != Generation || activity.HasRun)
            {
                return;
            }

            activity.HasRun = true;
            running.Remove(KeyOf(activity.Message));
            row = activity.Row;
            if (activity.Instance is { } instance)
            {
                instance.Activities.Remove(activity.Message.Event.EventId);
                instance.Inbox.Add(new InboxMessage(0, outcome));
                Wake(instance);
            }
        });
        if (row is { } detached)
        {
            RemoveDetached(detached);
        }
    }

    /// <summary>Has an activity run again, after a growing delay.</summary>
    /// <returns>How often it was abandoned in a row.</returns>
    public int AbandonActivity(ActivityWorkItem item)
    {
        lock (gate)
        {
            if (item.Generation != Generation)
            {
                return 0;
            }

            var attempts = ++item.Activity.Attempts;
            delays.After(attempts, () => Run([item.Activity], item.Generation));
            return attempts;
        }
    }

    private static (string InstanceId, string ExecutionId, int TaskId) KeyOf(TaskMessage activity) =>
        (activity.OrchestrationInstance.InstanceId, activity.OrchestrationInstance.ExecutionId, activity.Event.EventId);

    private void DetachAll(OpenInstance instance, TurnCommit commit, IReadOnlyList<long> rows, List<OpenActivity> added)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            var activity = commit.Detached[i];
            if (activity.Instance is null)
            {
                added.Add(activity);
            }

            activity.Detach(rows[i]);
            if (activity.HasRun)
            {
                RemoveDetached(rows[i]);
            }
        }

        if (commit.End is not null || commit.IsNewExecution)
        {
            instance.Activities.Clear();
        }
    }
}

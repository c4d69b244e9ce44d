using DurableTask.Core;
using DurableTask.Core.History;
using BookingFunctions.Simulation.Workload;
using BookingFunctions.Simulation.Worlds;
using LocalRuntime.Engine;
using LocalRuntime.Engine.Dispatch;
using LocalRuntime.Engine.Replay;
using LocalRuntime.Storage;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Logging.Abstractions;

namespace BookingFunctions.Simulation.Checks;

/// <summary>
/// Replays the history of every instance on the disk: the code makes the decisions that are recorded, comes to the state
/// that is recorded, and waits for just the activities and timers that are on the disk.
/// </summary>
internal static class ReplayCheck
{
    public static void Run(World world)
    {
        var work = world.Disk.ReadOpenWork();
        var loader = Loader(world);
        foreach (var stored in world.Disk.ReadAll())
        {
            // What becomes of code that was changed is for the engine to say. What has had no turn since it was replayed is as it was.
            if (stored.Row.Name != nameof(Changing) && stored.History.Count > 0 && world.Replayed.Add((stored.Row.Key, stored.LastTurn)))
            {
                Check(loader, stored, work, world.Violate);
            }
        }
    }

    /// <summary>Replays the history of one instance.</summary>
    /// <param name="loader">Makes executions of the code to check.</param>
    /// <param name="stored">The instance, with a history.</param>
    /// <param name="work">What its store has open.</param>
    /// <param name="violate">Told what does not hold.</param>
    /// <param name="comparesContents">Whether the custom status and the output have to be the recorded ones, too.</param>
    public static void Check(
        InstanceLoader loader, StoredInstance stored, OpenWork work, Action<string> violate, bool comparesContents = true)
    {
        var row = stored.Row;
        var history = InstanceLoader.ReadHistory(stored);
        var execution = loader.Create(row.InstanceId);
        if (TurnCommit.IsTerminal(row.Status))
        {
            CheckEnded(row, history, execution, violate, comparesContents);
        }
        else
        {
            CheckOpen(row, history, execution, work, violate, comparesContents);
        }
    }

    private static void CheckOpen(
        InstanceRow row, List<HistoryEvent> history, OrchestrationExecution execution, OpenWork work, Action<string> violate, bool comparesContents)
    {
        try
        {
            execution.Replay(history);
        }
        catch (Exception e)
        {
            violate($"The history of '{row.InstanceId}' can't be replayed: {e.Message}");
            return;
        }

        if (execution.IsSuspended != (row.Status == OrchestrationStatus.Suspended))
        {
            violate($"'{row.InstanceId}' is {row.Status}, and by its history it is {(execution.IsSuspended ? "" : "not ")}suspended.");
        }

        // The custom status outlives a generation, and is the row's to keep until the next one is set.
        if (comparesContents && execution.CustomStatus is not null && execution.CustomStatus != row.CustomStatus)
        {
            violate($"'{row.InstanceId}' has the custom status {row.CustomStatus}, and by its history {execution.CustomStatus}.");
        }

        var done = history.Select(DoneTask).OfType<int>().ToHashSet();
        var open = execution.OpenTasks.Select(task => task.Id).Where(id => !done.Contains(id)).ToHashSet();
        Compare(
            violate,
            row,
            "activities",
            history.OfType<TaskScheduledEvent>().Select(scheduled => scheduled.EventId).Where(open.Contains),
            work.Activities.Where(activity => activity.InstanceKey == row.Key && activity.ExecutionId == row.ExecutionId)
                .Select(activity => activity.TaskId));
        Compare(
            violate,
            row,
            "timers",
            history.OfType<TimerCreatedEvent>().Select(timer => timer.EventId).Where(open.Contains),
            work.Timers.Where(timer => timer.InstanceKey == row.Key).Select(timer => timer.TimerId));
    }

    private static void CheckEnded(InstanceRow row, List<HistoryEvent> history, OrchestrationExecution execution, Action<string> violate, bool comparesContents)
    {
        if (history.OfType<ExecutionCompletedEvent>().SingleOrDefault() is not { } completed || completed.OrchestrationStatus != row.Status)
        {
            violate($"'{row.InstanceId}' is {row.Status}, and its history does not end so.");
            return;
        }

        if (row.Status != OrchestrationStatus.Completed)
        {
            return;
        }

        try
        {
            execution.Replay(history);
        }
        catch (Exception e)
        {
            // What follows the end of the code is that it has ended, which a replay of an open instance must not come to.
            var isEnd = execution.Outcome is { } outcome && outcome.Status == row.Status && (!comparesContents || outcome.Result == row.Output)
                && e.Message == Divergence.CodeEnded(row.InstanceId, outcome).Message;
            if (!isEnd)
            {
                violate($"'{row.InstanceId}' has ended with {row.Output}, and its history can't be replayed: {e.Message}");
            }
        }
    }

    private static int? DoneTask(HistoryEvent historyEvent) => historyEvent switch
    {
        TaskCompletedEvent completed => completed.TaskScheduledId,
        TaskFailedEvent failed => failed.TaskScheduledId,
        TimerFiredEvent fired => fired.TimerId,
        _ => null,
    };

    private static void Compare(Action<string> violate, InstanceRow row, string what, IEnumerable<int> byHistory, IEnumerable<int> onDisk)
    {
        var expected = byHistory.Order().ToList();
        var actual = onDisk.Order().ToList();
        if (!expected.SequenceEqual(actual))
        {
            violate(
                $"By its history '{row.InstanceId}' waits for the {what} {string.Join(' ', expected)}, and the disk has {string.Join(' ', actual)}.");
        }
    }

    private static InstanceLoader Loader(World world)
    {
        var services = world.Process.Services;
        return new InstanceLoader(
            world.Disk.Orchestrations,
            AppFunctions.Register(services, world.Version),
            services,
            JsonDataConverter.Default,
            new Failures(services),
            world.OutsideClock,
            NullLoggerFactory.Instance,
            _ => { });
    }
}

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
            // What becomes of code that was changed is for the engine to say.
            if (stored.Row.Name != nameof(Changing) && stored.History.Count > 0)
            {
                Check(world, loader, stored, work);
            }
        }
    }

    private static void Check(World world, InstanceLoader loader, StoredInstance stored, OpenWork work)
    {
        var row = stored.Row;
        var history = InstanceLoader.ReadHistory(stored);
        var execution = loader.Create(row.InstanceId);
        if (TurnCommit.IsTerminal(row.Status))
        {
            CheckEnded(world, row, history, execution);
        }
        else
        {
            CheckOpen(world, row, history, execution, work);
        }
    }

    private static void CheckOpen(World world, InstanceRow row, List<HistoryEvent> history, OrchestrationExecution execution, OpenWork work)
    {
        try
        {
            execution.Replay(history);
        }
        catch (Exception e)
        {
            world.Violate($"The history of '{row.InstanceId}' can't be replayed: {e.Message}");
            return;
        }

        if (execution.IsSuspended != (row.Status == OrchestrationStatus.Suspended))
        {
            world.Violate($"'{row.InstanceId}' is {row.Status}, and by its history it is {(execution.IsSuspended ? "" : "not ")}suspended.");
        }

        // The custom status outlives a generation, and is the row's to keep until the next one is set.
        if (execution.CustomStatus is not null && execution.CustomStatus != row.CustomStatus)
        {
            world.Violate($"'{row.InstanceId}' has the custom status {row.CustomStatus}, and by its history {execution.CustomStatus}.");
        }

        var done = history.Select(DoneTask).OfType<int>().ToHashSet();
        var open = execution.OpenTasks.Select(task => task.Id).Where(id => !done.Contains(id)).ToHashSet();
        Compare(
            world,
            row,
            "activities",
            history.OfType<TaskScheduledEvent>().Select(scheduled => scheduled.EventId).Where(open.Contains),
            work.Activities.Where(activity => activity.InstanceKey == row.Key && activity.ExecutionId == row.ExecutionId)
                .Select(activity => activity.TaskId));
        Compare(
            world,
            row,
            "timers",
            history.OfType<TimerCreatedEvent>().Select(timer => timer.EventId).Where(open.Contains),
            work.Timers.Where(timer => timer.InstanceKey == row.Key).Select(timer => timer.TimerId));
    }

    private static void CheckEnded(World world, InstanceRow row, List<HistoryEvent> history, OrchestrationExecution execution)
    {
        if (history.OfType<ExecutionCompletedEvent>().SingleOrDefault() is not { } completed || completed.OrchestrationStatus != row.Status)
        {
            world.Violate($"'{row.InstanceId}' is {row.Status}, and its history does not end so.");
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
            var isEnd = execution.Outcome is { } outcome && outcome.Status == row.Status && outcome.Result == row.Output
                && e.Message == Divergence.CodeEnded(row.InstanceId, outcome).Message;
            if (!isEnd)
            {
                world.Violate($"'{row.InstanceId}' has ended with {row.Output}, and its history can't be replayed: {e.Message}");
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

    private static void Compare(World world, InstanceRow row, string what, IEnumerable<int> byHistory, IEnumerable<int> onDisk)
    {
        var expected = byHistory.Order().ToList();
        var actual = onDisk.Order().ToList();
        if (!expected.SequenceEqual(actual))
        {
            world.Violate(
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

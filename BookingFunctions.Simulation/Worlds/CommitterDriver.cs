using BookingFunctions.Simulation.Disk;
using DurableTask.Sqlite.Storage;

namespace BookingFunctions.Simulation.Worlds;

/// <summary>
/// Drives the committer of a process, as its thread does: it makes what is queued, or a part of it, keeps a group open for more if
/// the group may, and commits it some time later, or loses it. All of that is drawn.
/// </summary>
internal sealed class CommitterDriver
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(3);

    private readonly World world;
    private readonly SimulatedProcess process;
    private readonly GroupCommitter committer;
    private TaskCompletionSource? more;
    private bool isRunning;
    private bool hasFailed;

    public CommitterDriver(World world, SimulatedProcess process, GroupCommitter committer)
    {
        this.world = world;
        this.process = process;
        this.committer = committer;
        committer.Queued += Wake;
        committer.ProbeDue += Wake;
        committer.BeforeWrite = FailWrite;
    }

    /// <summary>Ends as the process does: what is open is lost, unless its commit has just got to the disk.</summary>
    public void Crash()
    {
        if (committer.Open is not null)
        {
            world.Counts.OpenGroups++;
            if (world.OpenGroupIsDurable ?? world.Draw.Chance(500))
            {
                Commit("commit, acknowledged to no caller");
            }
        }

        committer.Crash();
    }

    private void Wake()
    {
        more?.TrySetResult();
        if (!isRunning)
        {
            isRunning = true;
            _ = process.Scheduler.Start(RunAsync);
        }
    }

    private async Task RunAsync()
    {
        while (committer.QueuedWrites > 0 || committer.IsProbeDue)
        {
            if (committer.IsProbeDue)
            {
                committer.Probe();
                world.Log($"probe of the disk: {(committer.IsAvailable ? "it can be written" : "it still fails")}");
                continue;
            }

            for (var i = world.Draw.Below(3); i > 0; i--)
            {
                await Task.Yield();
            }

            MakeSome();
            while (committer.Open is { } group && group.Linger > TimeSpan.Zero && await HasMoreAsync())
            {
                MakeSome();
            }

            if (committer.Open is not null)
            {
                await EndGroupAsync();
            }
        }

        isRunning = false;
    }

    private void MakeSome()
    {
        hasFailed = false;
        var before = committer.Open?.Writes.Count ?? 0;
        var count = world.Draw.Chance(300) ? world.Draw.Between(1, committer.QueuedWrites) : committer.QueuedWrites;
        committer.Make(before + count);
        world.Log($"made {(committer.Open?.Writes.Count ?? 0) - before} writes");
    }

    // No caller waits for the group itself. How long it waits is drawn: time stands still while there is work to do.
    private async Task<bool> HasMoreAsync()
    {
        if (committer.QueuedWrites == 0 && world.Draw.Chance(700))
        {
            more = new TaskCompletionSource();
            await using var limit = process.Clock.CreateTimer(_ => more?.TrySetResult(), null, LongestWait, Timeout.InfiniteTimeSpan);
            await more.Task;
            more = null;
        }

        return committer.QueuedWrites > 0;
    }

    private async Task EndGroupAsync()
    {
        await Task.Yield();
        if (world.Faults.DiskIsSlow())
        {
            await Task.Delay(world.Draw.UpTo(TimeSpan.FromSeconds(20)), process.Clock);
        }

        if (world.Faults.FailsGroup())
        {
            world.Log($"commit failed");
            committer.Lose(new SimulatedDiskException("The disk is full."));
        }
        else
        {
            Commit("commit");
        }

        await Task.Yield();
    }

    private void Commit(string how)
    {
        world.Log($"{how}: {committer.Open!.Writes.Count} writes");
        committer.Commit();
        world.Counts.Commits++;
        world.OnCommitted();
    }

    // The writes of a group that are made again after one of them has failed are likelier to fail.
    private void FailWrite()
    {
        if (world.Faults.FailsWrite(again: hasFailed))
        {
            world.Log($"a write fails{(hasFailed ? ", made again" : "")}");
            hasFailed = true;
            throw new SimulatedDiskException("The disk could not be written.");
        }
    }
}

using BookingFunctions.Simulation.Worlds;
using LocalRuntime.Storage;

namespace BookingFunctions.Simulation.Disk;

/// <summary>
/// The one writer of a process, as <see cref="SqliteWriter"/> is. It takes what is queued, or a part of it, as a group, and makes its
/// writes one after the other. Those that are ahead are told then, and if there are no others, the group waits a moment for more.
/// It becomes durable at a moment that the seed decides, all of it at once, and its callers are told some time after that. A crash in
/// between is one after a commit that nobody was told of.
/// </summary>
internal sealed class GroupWriter(World world, SimulatedProcess process)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(3);

    private readonly Queue<PendingWrite> queue = new();
    private List<PendingWrite>? committing;
    private PendingWrite? heldBack;
    private TaskCompletionSource? more;
    private bool isWriting;

    /// <summary>Queues a write; it is in the queue when this method returns.</summary>
    public Task<T> WriteAsync<T>(string what, Func<FileContents, Task<T>> write)
    {
        var pending = new PendingWrite<T>(what, write) { First = heldBack };
        heldBack = null;
        Enqueue(pending);
        return pending.Task;
    }

    /// <summary>Queues a write, unless the wait for it has ended before: one that is queued can't be taken back.</summary>
    public async Task<T> WriteAsync<T>(string what, Func<FileContents, Task<T>> write, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return await WriteAsync(what, write).WaitAsync(cancellation);
    }

    /// <summary>Queues a write of which an activity is told as soon as it is made, and others once it is durable.</summary>
    public async Task<T> WriteAheadAsync<T>(string what, Func<FileContents, Task<T>> write, CancellationToken cancellation)
    {
        if (AheadWrites.Current is not { } activity)
        {
            return await WriteAsync(what, write, cancellation);
        }

        cancellation.ThrowIfCancellationRequested();
        var pending = new PendingAheadWrite<T>(what, write);
        activity.Add(pending.Durable);
        Enqueue(pending);
        return await pending.Task.WaitAsync(cancellation);
    }

    /// <summary>Writes as one with the write that a call queues before it first waits.</summary>
    public async Task WriteWithNextAsync<T>(string what, Func<FileContents, Task<T>> write, Func<Task> next)
    {
        heldBack = new PendingWrite<T>(what, write);
        var called = next();
        if (heldBack is not null)
        {
            heldBack = null;
            world.Violate($"Nothing was written as one with: {what}.");
        }

        await called;
    }

    /// <summary>Reads, as of a moment after the call and before the answer, what is durable.</summary>
    public async Task<T> ReadAsync<T>(Func<Task<T>> read, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        await Task.Yield();
        if (process.IsUp && world.Faults.FailsRead())
        {
            throw new SimulatedDiskException("The disk could not be read.");
        }

        var result = read();
        await Task.Yield();
        return await result;
    }

    /// <summary>The process ends: what is open is lost, but for a group that was being committed, which may be durable.</summary>
    public void Crash()
    {
        world.Counts.OpenGroups += committing is null ? 0 : 1;
        if (committing is not null && (world.OpenGroupIsDurable ?? world.Draw.Chance(500)))
        {
            Commit("commit, told to nobody", committing);
        }
        else if (world.Disk.IsOpen)
        {
            world.Disk.RollBack();
        }
    }

    private void Enqueue(PendingWrite pending)
    {
        queue.Enqueue(pending);
        more?.TrySetResult();
        if (!isWriting)
        {
            isWriting = true;
            _ = process.Scheduler.Start(WriteAllAsync);
        }
    }

    private async Task WriteAllAsync()
    {
        while (queue.Count > 0)
        {
            var gathers = world.Draw.Below(3);
            for (var i = 0; i < gathers; i++)
            {
                await Task.Yield();
            }

            var group = Take(world.Draw.Chance(300) ? world.Draw.Between(1, queue.Count) : queue.Count);
            await WriteGroupAsync(group);
            group.ForEach(Complete);
        }

        isWriting = false;
    }

    private async Task WriteGroupAsync(List<PendingWrite> group)
    {
        try
        {
            world.Disk.Begin();
            var made = 0;
            do
            {
                Make(group, made);
                made = group.Count;
            }
            while (group.TrueForAll(write => write.IsAhead) && await TakeMoreAsync(group));

            committing = group;
            await Task.Yield();
            if (world.Faults.DiskIsSlow())
            {
                await Task.Delay(world.Draw.UpTo(TimeSpan.FromSeconds(20)), process.Clock);
            }

            if (world.Faults.FailsGroup())
            {
                throw new SimulatedDiskException("The disk is full.");
            }

            Commit("commit", group);
        }
        catch (Exception e)
        {
            world.Log($"commit failed: {Describe(group)}");
            committing = null;
            world.Disk.RollBack();
            group.ForEach(write => write.Failure = new SimulatedDiskException(e.Message));
            return;
        }

        await Task.Yield();
    }

    /// <exception cref="SimulatedDiskException">All of the group is lost.</exception>
    private void Make(List<PendingWrite> group, int made)
    {
        if (group.Skip(made).Any(write => TryMake(write, again: false) is not null))
        {
            if (world.Faults.LosesGroup())
            {
                throw new SimulatedDiskException("The disk has failed within a group.");
            }

            world.Disk.GoBack();
            group.ForEach(MakeAlone);
        }

        foreach (var write in group.Skip(made).Where(write => write.Failure is null))
        {
            write.Tell();
        }
    }

    private Exception? TryMake(PendingWrite write, bool again)
    {
        try
        {
            if (world.Faults.FailsWrite(again))
            {
                throw new SimulatedDiskException("The disk could not be written.");
            }

            write.First?.Make(world.Disk.Open);
            write.Make(world.Disk.Open);
            return null;
        }
        catch (Exception e)
        {
            world.Log($"failed{(again ? " again" : "")}: {write.What}");
            return e;
        }
    }

    // What was told may be what later writes of the group rest on: if it fails now, so does the group. What had failed before stays so,
    // as they rest on that, too.
    private void MakeAlone(PendingWrite write)
    {
        if (write.Failure is not null)
        {
            return;
        }

        var before = world.Disk.Open.Copy();
        if (TryMake(write, again: true) is not { } failure)
        {
            return;
        }

        if (write.IsTold)
        {
            throw new SimulatedDiskException("The disk could not be written.");
        }

        world.Disk.GoBack(before);
        write.Failure = failure;
    }

    // Nobody waits for the group itself. How long it waits is drawn: time stands still while there is work to do.
    private async Task<bool> TakeMoreAsync(List<PendingWrite> group)
    {
        world.Log($"made ahead: {Describe(group)}");
        if (queue.Count == 0 && world.Draw.Chance(700))
        {
            more = new TaskCompletionSource();
            await using var limit = process.Clock.CreateTimer(_ => more?.TrySetResult(), null, LongestWait, Timeout.InfiniteTimeSpan);
            await more.Task;
            more = null;
        }

        var before = group.Count;
        group.AddRange(Take(queue.Count));
        return group.Count > before;
    }

    private List<PendingWrite> Take(int count)
    {
        var taken = new List<PendingWrite>(count);
        while (taken.Count < count)
        {
            taken.Add(queue.Dequeue());
        }

        return taken;
    }

    private void Commit(string how, List<PendingWrite> group)
    {
        world.Log($"{how}: {Describe(group)}");
        world.Counts.Commits++;
        committing = null;
        world.Disk.Commit();
    }

    private static void Complete(PendingWrite write)
    {
        if (write.First is { } first)
        {
            first.Failure = write.Failure;
            first.Complete();
        }

        write.Complete();
    }

    private static string Describe(List<PendingWrite> writes) =>
        string.Join(" | ", writes.Select(write => write.Failure is null ? write.What : $"{write.What} (failed)"));
}

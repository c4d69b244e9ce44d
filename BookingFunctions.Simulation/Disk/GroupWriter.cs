using BookingFunctions.Simulation.Worlds;

namespace BookingFunctions.Simulation.Disk;

/// <summary>
/// The one writer of a process. It takes what is queued, or a part of it, as a group; the group becomes durable at a moment
/// that the seed decides, all of it at once, and its callers are told some time after that. A crash in between is one after
/// a commit that nobody was told of.
/// </summary>
internal sealed class GroupWriter(World world, SimulatedProcess process)
{
    private readonly Queue<PendingWrite> queue = new();
    private List<PendingWrite>? group;
    private bool isWriting;

    /// <summary>Queues a write; it is in the queue when this method returns.</summary>
    public Task<T> WriteAsync<T>(string what, Func<Task<T>> write)
    {
        var pending = new PendingWrite<T>(what, write);
        queue.Enqueue(pending);
        if (!isWriting)
        {
            isWriting = true;
            _ = process.Scheduler.Start(WriteAllAsync);
        }

        return pending.Task;
    }

    /// <summary>Queues a write, unless the wait for it has ended before: one that is queued can't be taken back.</summary>
    public async Task<T> WriteAsync<T>(string what, Func<Task<T>> write, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return await WriteAsync(what, write).WaitAsync(cancellation);
    }

    /// <summary>Reads, as of a moment after the call and before the answer.</summary>
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

    /// <summary>The process ends: a group that was being written is lost, or it is durable.</summary>
    public void Crash()
    {
        world.Counts.OpenGroups += group is null ? 0 : 1;
        if (group is not null && (world.OpenGroupIsDurable ?? world.Draw.Chance(500)))
        {
            Apply("commit, told to nobody");
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

            var written = group = Take(world.Draw.Chance(300) ? world.Draw.Between(1, queue.Count) : queue.Count);
            await Task.Yield();
            if (world.Faults.DiskIsSlow())
            {
                await Task.Delay(world.Draw.UpTo(TimeSpan.FromSeconds(20)), process.Clock);
            }

            if (world.Faults.FailsGroup())
            {
                world.Log($"commit failed: {Describe(written)}");
                group = null;
                written.ForEach(write => write.Fail(new SimulatedDiskException("The disk is full.")));
                continue;
            }

            Apply("commit");
            await Task.Yield();
            written.ForEach(write => write.Complete());
        }

        isWriting = false;
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

    private void Apply(string how)
    {
        world.Log($"{how}: {Describe(group!)}");
        world.Counts.Commits++;
        var written = group!;
        group = null;
        written.ForEach(write => write.Apply());
    }

    private static string Describe(List<PendingWrite> writes) => string.Join(" | ", writes.Select(write => write.What));
}

using BookingFunctions.Storage;

namespace BookingFunctions.Simulation.Disk;

/// <summary>Starts trips on the disk, which has the directory and the orchestrations.</summary>
internal sealed class SimulatedOneStepStart(GroupWriter writer) : IOneStepStart
{
    public async Task<bool> TryStartAsync(TripEntry entry, Func<Task> schedule)
    {
        var isTaken = false;
        try
        {
            await writer.WriteWithNextAsync(
                $"add trip {entry.Id}",
                async contents =>
                {
                    isTaken = !ReferenceEquals(await contents.Trips.AddAsync(entry, default), entry);
                    return isTaken ? throw new InvalidOperationException($"There is a trip '{entry.Id}' already.") : true;
                },
                schedule);
            return true;
        }
        catch (InvalidOperationException) when (isTaken)
        {
            return false;
        }
    }
}

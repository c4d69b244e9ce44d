using BookingFunctions.Storage;

namespace BookingFunctions.Simulation.Disk;

/// <summary>The outbox that one process sees: on the same disk, behind the same writer as its orchestrations.</summary>
internal sealed class SimulatedOutbox(DurableImage disk, GroupWriter writer) : IOutbox
{
    public Task AddAsync(OutboxMessage message, CancellationToken cancellation) => writer.WriteAheadAsync(
        $"add message {message.Id}",
        async contents =>
        {
            await contents.Outbox.AddAsync(message, default);
            return true;
        },
        cancellation);

    public Task<OutboxMessage?> FindAsync(string id, CancellationToken cancellation) =>
        writer.ReadAsync(() => disk.Outbox.FindAsync(id, cancellation), cancellation);
}

using BookingFunctions.Storage;

namespace BookingFunctions.Simulation.Disk;

/// <summary>The outbox that one process sees: on the same disk, behind the same writer as its orchestrations.</summary>
internal sealed class SimulatedOutbox(DurableImage disk, GroupWriter writer) : IOutbox
{
    private readonly InMemoryOutbox durable = disk.Outbox;

    public Task AddAsync(OutboxMessage message, CancellationToken cancellation) => writer.WriteAsync(
        $"add message {message.Id}",
        async () =>
        {
            await durable.AddAsync(message, default);
            return true;
        },
        cancellation);

    public Task<OutboxMessage?> FindAsync(string id, CancellationToken cancellation) =>
        writer.ReadAsync(() => durable.FindAsync(id, cancellation), cancellation);
}

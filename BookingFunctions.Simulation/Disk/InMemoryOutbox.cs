using BookingFunctions.Storage;

namespace BookingFunctions.Simulation.Disk;

/// <summary>The outbox in memory. Every method is done when it returns.</summary>
internal sealed class InMemoryOutbox : IOutbox
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, OutboxMessage> messages = new(StringComparer.Ordinal);

    public IReadOnlyList<OutboxMessage> All
    {
        get
        {
            lock (gate)
            {
                return [.. messages.Values];
            }
        }
    }

    public Task AddAsync(OutboxMessage message, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (gate)
        {
            messages.TryAdd(message.Id, message);
        }

        return Task.CompletedTask;
    }

    public Task<OutboxMessage?> FindAsync(string id, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (gate)
        {
            return Task.FromResult(messages.GetValueOrDefault(id));
        }
    }
}

using BookingFunctions.Storage;

namespace BookingFunctions.Simulation.Disk;

/// <summary>The outbox in memory. Every method is done when it returns.</summary>
internal sealed class InMemoryOutbox : IOutbox
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, OutboxMessage> messages;

    public InMemoryOutbox() => messages = new(StringComparer.Ordinal);

    private InMemoryOutbox(InMemoryOutbox other) => messages = new(other.messages, StringComparer.Ordinal);

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

    public OutboxMessage? Find(string id)
    {
        lock (gate)
        {
            return messages.GetValueOrDefault(id);
        }
    }

    /// <summary>Makes an outbox that has what this one has now.</summary>
    public InMemoryOutbox Copy()
    {
        lock (gate)
        {
            return new(this);
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
        return Task.FromResult(Find(id));
    }
}

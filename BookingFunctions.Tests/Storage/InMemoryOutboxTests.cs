using BookingFunctions.Simulation.Disk;
using BookingFunctions.Storage;

namespace BookingFunctions.Tests.Storage;

public sealed class InMemoryOutboxTests : OutboxContract
{
    protected override IOutbox Outbox { get; } = new InMemoryOutbox();
}

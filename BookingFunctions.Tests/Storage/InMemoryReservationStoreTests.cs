using BookingFunctions.Simulation.Disk;
using BookingFunctions.Storage;

namespace BookingFunctions.Tests.Storage;

/// <summary>The store that other tests and the simulator use behaves as the real ones.</summary>
public sealed class InMemoryReservationStoreTests : ReservationStoreContract
{
    protected override IReservationStore Store { get; } = new InMemoryReservationStore();
}

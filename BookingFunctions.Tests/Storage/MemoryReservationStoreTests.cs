using BookingFunctions.Storage;

namespace BookingFunctions.Tests.Storage;

/// <summary>The store that other tests use behaves as the real ones.</summary>
public sealed class MemoryReservationStoreTests : ReservationStoreContract
{
    protected override IReservationStore Store { get; } = new MemoryReservationStore();
}

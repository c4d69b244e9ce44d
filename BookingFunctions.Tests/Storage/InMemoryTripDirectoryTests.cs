using BookingFunctions.Simulation.Disk;
using BookingFunctions.Storage;

namespace BookingFunctions.Tests.Storage;

public sealed class InMemoryTripDirectoryTests : TripDirectoryContract
{
    protected override ITripDirectory Directory { get; } = new InMemoryTripDirectory();
}

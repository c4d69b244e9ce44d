using BookingFunctions.Tests.Local;
using BookingFunctions.Trips.Deciding;

namespace BookingFunctions.Tests.Storage;

public sealed class SqliteUndoDecisionsTests : UndoDecisionsContract, IAsyncLifetime
{
    private readonly TripStores stores = new();

    protected override IUndoDecisions Decisions => stores.Decisions;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await stores.DisposeAsync();
}

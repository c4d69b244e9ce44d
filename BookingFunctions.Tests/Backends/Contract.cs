namespace BookingFunctions.Tests.Backends;

/// <summary>Tests that hold for every backend, each on a hub of its own.</summary>
public abstract class Contract<TBackend> : IAsyncLifetime
    where TBackend : IBackend, new()
{
    protected Contract() => Hub = new TestHub(Backend);

    /// <summary>The backend of this test.</summary>
    protected TBackend Backend { get; } = new();

    /// <summary>The hub of this test. A worker runs once the test has started one.</summary>
    protected TestHub Hub { get; }

    /// <summary>What the hub is made with.</summary>
    protected virtual BackendOptions Options => new();

    public Task InitializeAsync() => Backend.CreateAsync(Options);

    public async Task DisposeAsync()
    {
        await Hub.DisposeAsync();
        await Backend.DisposeAsync();
    }
}

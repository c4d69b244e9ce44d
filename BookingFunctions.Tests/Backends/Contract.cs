namespace BookingFunctions.Tests.Backends;

/// <summary>Tests that hold for every backend, each on a hub of its own.</summary>
public abstract class Contract<TBackend> : IAsyncLifetime
    where TBackend : IBackend, new()
{
    private readonly TBackend backend = new();

    protected Contract() => Hub = new TestHub(backend);

    /// <summary>The hub of this test. A worker runs once the test has started one.</summary>
    protected TestHub Hub { get; }

    /// <summary>What the hub is made with.</summary>
    protected virtual BackendOptions Options => new();

    public Task InitializeAsync() => backend.CreateAsync(Options);

    public async Task DisposeAsync()
    {
        await Hub.DisposeAsync();
        await backend.DisposeAsync();
    }
}

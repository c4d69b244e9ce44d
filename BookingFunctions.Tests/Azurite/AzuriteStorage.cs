using BookingFunctions.Tests.Npm;

namespace BookingFunctions.Tests.Azurite;

/// <summary>An account of its own in the one Azurite of a test run, which keeps blobs, queues and tables in memory.</summary>
public sealed class AzuriteStorage : IAsyncLifetime
{
    private static int accounts;

    private AzuriteServer? server;
    private int account;

    /// <summary>The connection string of its account.</summary>
    public string ConnectionString => server!.ConnectionString(account);

    public async Task InitializeAsync()
    {
        if (Tool.HasNpm) // otherwise the tests are skipped
        {
            server = await AzuriteServer.Shared;
            account = Interlocked.Increment(ref accounts) - 1;
        }
    }

    /// <summary>The requests that it was sent.</summary>
    internal StorageRequests Requests => server!.Requests(account);

    public Task DisposeAsync() => Task.CompletedTask;
}

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>One running application for the tests that need no restart and no settings of their own.</summary>
public sealed class QuickApp : IAsyncLifetime, IDisposable
{
    private readonly DataFile data = new();
    private LocalApp? app;

    /// <summary>The application.</summary>
    public LocalApp App => app ?? throw new InvalidOperationException("The application has not started.");

    /// <inheritdoc/>
    public async Task InitializeAsync() => app = await LocalApp.StartAsync(data);

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (app is not null)
        {
            await app.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => data.Dispose();
}

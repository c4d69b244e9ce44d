namespace BookingFunctions.Tests.EndToEnd;

/// <summary>One running application that gives up an undo soon.</summary>
public sealed class StuckApp : IAsyncLifetime, IDisposable
{
    private readonly DataFile data = new();
    private LocalApp? app;

    /// <summary>The application.</summary>
    public LocalApp App => app ?? throw new InvalidOperationException("The application has not started.");

    /// <inheritdoc/>
    public async Task InitializeAsync() => app = await LocalApp.StartAsync(data, ("Saga__UndoAttempts", "2"));

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

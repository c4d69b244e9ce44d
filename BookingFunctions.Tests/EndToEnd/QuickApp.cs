namespace BookingFunctions.Tests.EndToEnd;

/// <summary>One running application for the tests that need no restart and no settings of their own.</summary>
public sealed class QuickApp : IAsyncLifetime, IDisposable
{
    private readonly DataFile _data = new();
    private LocalApp? _app;

    /// <summary>The application.</summary>
    public LocalApp App => _app ?? throw new InvalidOperationException("The application has not started.");

    /// <inheritdoc/>
    public async Task InitializeAsync() => _app = await LocalApp.StartAsync(_data);

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _data.Dispose();
}

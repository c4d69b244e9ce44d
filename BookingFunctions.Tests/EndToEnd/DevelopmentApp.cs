namespace BookingFunctions.Tests.EndToEnd;

/// <summary>One running application in development, as <c>dotnet run</c> starts it.</summary>
public sealed class DevelopmentApp : IAsyncLifetime, IDisposable
{
    /// <summary>What makes it development.</summary>
    public static readonly (string Name, string Value) Setting = ("DOTNET_ENVIRONMENT", "Development");

    private readonly DataFile data = new();
    private LocalApp? app;

    /// <summary>The application.</summary>
    public LocalApp App => app ?? throw new InvalidOperationException("The application has not started.");

    /// <inheritdoc/>
    public async Task InitializeAsync() =>
        app = await LocalApp.StartAsync(data, Setting, ("Providers__Timeout", "00:00:02"), ("Saga__UndoAttempts", "3"));

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

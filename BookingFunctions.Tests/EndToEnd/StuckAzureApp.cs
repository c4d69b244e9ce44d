using BookingFunctions.Tests.Azurite;
using BookingFunctions.Tests.Npm;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>One running application on Azure Storage that gives up an undo soon.</summary>
public sealed class StuckAzureApp : IAsyncLifetime
{
    private readonly AzuriteStorage azurite = new();
    private AzureHub? hub;
    private LocalApp? app;

    /// <summary>The application; null where the tests are skipped.</summary>
    public LocalApp App => app!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (Tool.HasNpm)
        {
            await azurite.InitializeAsync();
            hub = new AzureHub(azurite);
            app = await LocalApp.StartAsync(hub, ("Saga__UndoAttempts", "2"));
        }
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (app is not null)
        {
            await app.DisposeAsync();
        }

        hub?.Dispose();
    }
}

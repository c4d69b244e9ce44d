using LocalFunctionsHost;

namespace BookingFunctions.Tests.LocalFunctionsHost;

/// <summary>A host in this process: a real port, a real file, and only the functions that a test names.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    /// <summary>How long anything may take before it counts as hung. Nothing is measured against it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TempFolder folder;
    private bool isStopped;

    private TestHost(LocalFunctionsApp app, TempFolder folder)
    {
        App = app;
        this.folder = folder;
        Http = new HttpClient { BaseAddress = new Uri(app.Url), Timeout = Patience };
    }

    public LocalFunctionsApp App { get; }

    public HttpClient Http { get; }

    /// <param name="functions">The classes whose functions the host has.</param>
    public static Task<TestHost> StartAsync(params Type[] functions) => StartAsync(functions, "{}");

    /// <param name="functions">The classes whose functions the host has.</param>
    /// <param name="hostJson">The text of its <c>host.json</c>.</param>
    /// <param name="configure">Adds services and settings, or null.</param>
    public static async Task<TestHost> StartAsync(Type[] functions, string hostJson, Action<LocalFunctionsHostBuilder>? configure = null)
    {
        var folder = new TempFolder();
        var builder = new LocalFunctionsHostBuilder(
            ["--urls", "http://127.0.0.1:0", "--data", folder.File("state.db"), "--Logging:LogLevel:Default", "None"], () => functions, TestBackend.Options)
        {
            HostFile = folder.Write("host.json", hostJson),
            Backend = TestBackend.Open,
        };
        configure?.Invoke(builder);
        var app = builder.Build();
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            folder.Dispose();
            throw;
        }

        return new TestHost(app, folder);
    }

    public async Task StopAsync()
    {
        isStopped = true;
        await App.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!isStopped)
        {
            await StopAsync();
        }

        await App.DisposeAsync();
        folder.Dispose();
    }
}

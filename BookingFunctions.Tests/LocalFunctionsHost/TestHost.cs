using BookingFunctions.Local.Backends;
using LocalFunctionsHost;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Tests.LocalFunctionsHost;

/// <summary>A host in this process: a real port, a real file, and only the functions that a test names.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    /// <summary>How long anything may take before it counts as hung. Nothing is measured against it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Type[] functions;
    private TempFolder? folder;
    private bool isStopped;

    private TestHost(LocalFunctionsApp app, Type[] functions, TempFolder folder)
    {
        App = app;
        this.functions = functions;
        this.folder = folder;
        Http = new HttpClient { BaseAddress = new Uri(app.Url), Timeout = Patience };
    }

    public LocalFunctionsApp App { get; }

    public HttpClient Http { get; }

    public DurableTaskClient Client => App.Services.GetRequiredService<DurableTaskClient>();

    /// <param name="functions">The classes whose functions the host has.</param>
    public static Task<TestHost> StartAsync(params Type[] functions) => StartAsync(functions, "{}");

    /// <param name="functions">The classes whose functions the host has.</param>
    /// <param name="hostJson">The text of its <c>host.json</c>.</param>
    /// <param name="configure">Adds services and settings, or null.</param>
    public static Task<TestHost> StartAsync(Type[] functions, string hostJson, Action<LocalFunctionsHostBuilder>? configure = null) =>
        StartAsync(functions, hostJson, configure, new TempFolder());

    /// <summary>Stops the host, and starts another one on its file.</summary>
    public async Task<TestHost> RestartAsync(string hostJson, Action<LocalFunctionsHostBuilder>? configure = null)
    {
        var kept = folder!;
        folder = null;
        await DisposeAsync();
        return await StartAsync(functions, hostJson, configure, kept);
    }

    /// <summary>Starts an instance, and waits until it has ended.</summary>
    public async Task<OrchestrationMetadata> RunAsync(string orchestrator, object? input = null, string? id = null, string? version = null)
    {
        var options = new StartOrchestrationOptions
        {
            InstanceId = id,
            Version = version is null ? (TaskVersion?)null : new TaskVersion(version),
        };
        return await WaitAsync(await Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, options));
    }

    /// <summary>Waits until an instance has ended.</summary>
    public async Task<OrchestrationMetadata> WaitAsync(string id)
    {
        using var patience = new CancellationTokenSource(Patience);
        return await Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, patience.Token);
    }

    /// <summary>Waits until an instance has a custom status.</summary>
    public async Task WaitForCustomStatusAsync(string id, string json)
    {
        using var patience = new CancellationTokenSource(Patience);
        while ((await Client.GetInstanceAsync(id, getInputsAndOutputs: true, patience.Token))?.SerializedCustomStatus != json)
        {
            await Task.Delay(5, patience.Token);
        }
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
        folder?.Dispose();
    }

    private static async Task<TestHost> StartAsync(
        Type[] functions, string hostJson, Action<LocalFunctionsHostBuilder>? configure, TempFolder folder)
    {
        var builder = new LocalFunctionsHostBuilder(
            ["--urls", "http://127.0.0.1:0", "--data", folder.File("state.db"), "--Logging:LogLevel:Default", "None"],
            () => functions,
            BackendExtensions.Options)
        {
            HostFile = folder.Write("host.json", hostJson),
        };
        builder.UseBackend();
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

        return new TestHost(app, functions, folder);
    }
}

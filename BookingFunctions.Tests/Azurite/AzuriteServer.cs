using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using BookingFunctions.Tests.Npm;

namespace BookingFunctions.Tests.Azurite;

/// <summary>A real Azurite on loopback ports, with an account for each class of tests. It ends with the tests' process.</summary>
internal sealed partial class AzuriteServer
{
    private const int Accounts = 30;
    private const int StartTries = 3;

    // Azurite ends with the process that holds its standard input, also when that is killed.
    private const string Script = "process.stdin.resume().on('end', () => process.exit()); require(process.argv[1])";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly Lazy<Task<AzuriteServer>> Started = new(StartAsync);

    private readonly string key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private readonly StorageRequests[] requests = [.. Enumerable.Range(0, Accounts).Select(_ => new StorageRequests())];
    private Process? process;
    private int[] ports = [];

    /// <summary>The one of the test run.</summary>
    public static Task<AzuriteServer> Shared => Started.Value;

    /// <summary>The connection string of an account.</summary>
    /// <param name="account">Its number, from zero.</param>
    public string ConnectionString(int account)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(account, Accounts);
        var name = Name(account);
        return $"DefaultEndpointsProtocol=http;AccountName={name};AccountKey={key};BlobEndpoint=http://127.0.0.1:{ports[0]}/{name}"
            + $";QueueEndpoint=http://127.0.0.1:{ports[1]}/{name};TableEndpoint=http://127.0.0.1:{ports[2]}/{name}";
    }

    /// <summary>The requests that an account was sent.</summary>
    /// <param name="account">Its number.</param>
    public StorageRequests Requests(int account) => requests[account];

    private static string Name(int account) => string.Create(CultureInfo.InvariantCulture, $"trips{account}");

    private static async Task<AzuriteServer> StartAsync()
    {
        var server = new AzuriteServer();
        using var patience = new CancellationTokenSource(Patience);
        await NpmPackage.Azurite.EnsureInstalledAsync();
        var script = Path.Combine(NpmPackage.Azurite.Folder, "node_modules", "azurite", "dist", "src", "azurite.js");
        for (var attempt = 1; !await server.TryStartAsync(script, patience.Token); attempt++)
        {
            if (attempt == StartTries)
            {
                throw new InvalidOperationException($"Azurite ended at once, {attempt} times. Start it by hand to see why: node {script}");
            }
        }

        return server;
    }

    // Another process may take a port between looking for it and listening on it, so false means: try again.
    private async Task<bool> TryStartAsync(string script, CancellationToken cancellation)
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
        start.Environment["AZURITE_ACCOUNTS"] = string.Join(';', Enumerable.Range(0, Accounts).Select(account => $"{Name(account)}:{key}"));
        process?.Dispose();
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Count(line.Data);
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        while (!process.HasExited)
        {
            if ((await Task.WhenAll(ports.Select(port => ListensAsync(port, cancellation)))).All(listens => listens))
            {
                return true;
            }

            await Task.Delay(50, cancellation);
        }

        return false;
    }

    private void Count(string? line)
    {
        if (AccountOf().Match(line ?? "") is { Success: true } request)
        {
            requests[int.Parse(request.Groups["account"].Value, CultureInfo.InvariantCulture)].Add(line);
        }
    }

    [GeneratedRegex(@"""[A-Z]+ /trips(?<account>\d+)/")]
    private static partial Regex AccountOf();

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

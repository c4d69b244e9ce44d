using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace BookingFunctions.Benchmarks.Servers;

/// <summary>A process that was started to be measured. What it writes goes to a file.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int SigTerm = 15;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly string log;

    private ServerProcess(Process process, string log)
    {
        this.process = process;
        this.log = log;
    }

    /// <summary>Its id.</summary>
    public int Id => process.Id;

    /// <summary>Starts a program.</summary>
    /// <param name="log">The file for what it writes to its output and its error stream.</param>
    /// <param name="environment">Environment variables, besides this process's.</param>
    /// <param name="program">The program and its arguments.</param>
    public static ServerProcess Start(string log, IReadOnlyDictionary<string, string> environment, params string[] program)
    {
        // By a shell, for its redirection: reading a pipe would take processor time from what is measured.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "log=$1; shift; exec \"$@\" > \"$log\" 2>&1", "sh", log, .. program])
        {
            WorkingDirectory = Path.GetDirectoryName(log),
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new(Process.Start(start)!, log);
    }

    /// <summary>A free port.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits until it answers to a GET with a success.</summary>
    public async Task AnswersAsync(Uri url, CancellationToken cancellation)
    {
        using var http = new HttpClient();
        var since = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(url, cancellation);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (!process.HasExited && since.Elapsed < Patience)
            {
                // Not yet.
            }

            if (process.HasExited || since.Elapsed > Patience)
            {
                throw new InvalidOperationException(
                    $"{url} doesn't answer. The server's output is:\n{await File.ReadAllTextAsync(log, cancellation)}");
            }

            await Task.Delay(5, cancellation);
        }
    }

    /// <summary>Asks it to end, by SIGTERM, and waits until it has.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        _ = Kill(process.Id, SigTerm);
        await process.WaitForExitAsync(cancellation);
    }

    /// <summary>Ends it, at once.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}

using System.Diagnostics;
using System.Runtime.InteropServices;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>The application in a process of its own, on a port of its own, as a user starts it.</summary>
public sealed class LocalApp : IAsyncDisposable
{
    /// <summary>How long anything may take before it counts as hung. Nothing is measured against it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private const int SigTerm = 15;

    private readonly Process process;
    private readonly ProcessOutput output;

    private LocalApp(Process process, ProcessOutput output)
    {
        this.process = process;
        this.output = output;
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => Http.BaseAddress ?? throw new InvalidOperationException("The application has not started.");

    /// <summary>A client of it.</summary>
    public HttpClient Http { get; } = new() { Timeout = Patience };

    /// <summary>What it has written to its output and error streams.</summary>
    public string Output => output.Text;

    /// <summary>Starts it and waits until it listens.</summary>
    /// <param name="state">Where it keeps its state.</param>
    /// <param name="settings">Environment variables, on top of <see cref="Settings.Quick"/>.</param>
    public static Task<LocalApp> StartAsync(IAppState state, params (string Name, string Value)[] settings) =>
        StartAsync(state, null, settings);

    /// <summary>Starts it at an address, and waits until it listens.</summary>
    /// <param name="state">Where it keeps its state.</param>
    /// <param name="address">Where it listens; null for a port of its own.</param>
    /// <param name="settings">Environment variables, on top of <see cref="Settings.Quick"/>.</param>
    public static async Task<LocalApp> StartAsync(IAppState state, Uri? address, params (string Name, string Value)[] settings)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Use();
        var app = Launch(state, settings, address);
        using var patience = new CancellationTokenSource(Patience);
        var ended = app.process.WaitForExitAsync(patience.Token);
        if (await Task.WhenAny(app.output.Address, ended) == ended)
        {
            var (end, output) = (app.process.HasExited ? $"ended with exit code {app.process.ExitCode}" : "goes on starting", app.Output);
            if (!app.process.HasExited)
            {
                await app.KillAsync();
            }

            await app.DisposeAsync();
            throw new InvalidOperationException($"The application did not start, but {end}:\n{output}");
        }

        await patience.CancelAsync();
        app.Http.BaseAddress = await app.output.Address;
        return app;
    }

    /// <summary>Starts it where it can't start, and waits until it has ended.</summary>
    /// <returns>Its exit code and the lines of its error stream.</returns>
    public static async Task<(int ExitCode, IReadOnlyList<string> Errors)> RunToEndAsync(
        IAppState state, params (string Name, string Value)[] settings)
    {
        ArgumentNullException.ThrowIfNull(state);
        await using var app = Launch(state, settings);
        await app.ExitedAsync();
        return (app.process.ExitCode, app.output.Errors);
    }

    /// <summary>Starts it, and kills it without waiting until it listens.</summary>
    /// <param name="state">Where it keeps its state.</param>
    /// <param name="after">When.</param>
    public static async Task KillWhileStartingAsync(IAppState state, TimeSpan after)
    {
        ArgumentNullException.ThrowIfNull(state);
        await using var app = Launch(state, []);
        await Task.Delay(after);
        await app.KillAsync();
    }

    /// <summary>Ends it by SIGKILL: it gets no chance to write anything more.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await ExitedAsync();
    }

    /// <summary>Checks that all is well with what it holds, asks it to end, by SIGTERM, and checks that it ends well.</summary>
    public async Task StopAsync()
    {
        await this.AssertReconciledAsync();
        SendSigTerm();
        await ExitedAsync();
        Assert.True(process.ExitCode == 0, $"Exit code {process.ExitCode} after SIGTERM:\n{Output}");
    }

    /// <summary>
    /// Ends it if it still runs: whatever a test has done, no reservation may be left that no trip wants, and none may be missing.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!process.HasExited)
            {
                await this.AssertReconciledAsync();
                await KillAsync();
            }
        }
        finally
        {
            Http.Dispose();
            if (!process.HasExited)
            {
                await KillAsync();
            }

            process.Dispose();
        }
    }

    private static LocalApp Launch(IAppState state, (string Name, string Value)[] settings, Uri? address = null)
    {
        var start = new ProcessStartInfo(DotnetPath())
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = state.Folder,
        };
        var url = address?.GetLeftPart(UriPartial.Authority) ?? "http://127.0.0.1:0";
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "BookingFunctions.Local.dll"), "--urls", url];
        foreach (var argument in arguments.Concat(state.Arguments))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in Settings.Quick.Concat(state.Settings).Concat(settings))
        {
            start.Environment[name] = value;
        }

        // It lives for seconds: what only a long life pays back is left out.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        var process = new Process { StartInfo = start };
        var output = new ProcessOutput(process);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new LocalApp(process, output);
    }

    // The SDK that runs the tests says where it is; "dotnet" needn't be on the path.
    private static string DotnetPath() => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private void SendSigTerm()
    {
        if (SendSignal(process.Id, SigTerm) != 0)
        {
            throw new InvalidOperationException($"The process couldn't be signalled:\n{Output}");
        }
    }

    private async Task ExitedAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The process did not end:\n{Output}");
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int processId, int signal);
}

using System.Diagnostics;
using System.Security.Cryptography;

namespace BookingFunctions.Tests.Npm;

/// <summary>What a folder's <c>package-lock.json</c> pins, installed once beside the tests' assembly.</summary>
internal sealed class NpmPackage
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly Lazy<Task> installation;

    private NpmPackage(string folder)
    {
        Folder = Path.Combine(AppContext.BaseDirectory, folder);
        installation = new(InstallAsync);
    }

    public static NpmPackage Azurite { get; } = new("Azurite");

    /// <summary>Linters of the OpenAPI document, and a fuzzer over it.</summary>
    public static NpmPackage ApiChecks { get; } = new(Path.Combine("Contract", "Checks"));

    public string Folder { get; }

    /// <summary>Installs it unless it is there already.</summary>
    /// <exception cref="InvalidOperationException">npm could not install it.</exception>
    public Task EnsureInstalledAsync() => installation.Value;

    /// <summary>Runs a script of it.</summary>
    /// <returns>Its exit code, and all that it has written.</returns>
    public async Task<(int ExitCode, string Output)> RunAsync(string script, params string[] arguments)
    {
        await EnsureInstalledAsync();
        return await RunToEndAsync("node", [script, .. arguments]);
    }

    private async Task InstallAsync()
    {
        var wanted = Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Folder, "package-lock.json"))));
        var installed = Path.Combine(Folder, "installed.txt");
        if (File.Exists(installed) && await File.ReadAllTextAsync(installed) == wanted)
        {
            return;
        }

        var (exitCode, output) = await RunToEndAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
        if (exitCode != 0)
        {
            throw new InvalidOperationException($"'npm ci' in {Folder} failed with {exitCode}.\n{output}");
        }

        await File.WriteAllTextAsync(installed, wanted);
    }

    private async Task<(int ExitCode, string Output)> RunToEndAsync(string program, IEnumerable<string> arguments)
    {
        using var patience = new CancellationTokenSource(Patience);
        var start = new ProcessStartInfo(Tool.Find(program)!, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, $"{await output}{await errors}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}

using System.Diagnostics;
using System.Security.Cryptography;

namespace BookingFunctions.Tests.Azurite;

/// <summary>The npm package azurite, as pinned by <c>package-lock.json</c>, installed once beside the tests' assembly.</summary>
internal static class AzuritePackage
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Azurite");

    /// <summary>Installs the package unless it is there already.</summary>
    /// <returns>The script that serves blobs, queues and tables.</returns>
    /// <exception cref="InvalidOperationException">npm could not install it.</exception>
    public static async Task<string> InstallAsync(CancellationToken cancellation)
    {
        var wanted = Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Folder, "package-lock.json"), cancellation)));
        var installed = Path.Combine(Folder, "installed.txt");
        if (!File.Exists(installed) || await File.ReadAllTextAsync(installed, cancellation) != wanted)
        {
            await RunNpmAsync(cancellation);
            await File.WriteAllTextAsync(installed, wanted, cancellation);
        }

        return Path.Combine(Folder, "node_modules", "azurite", "dist", "src", "azurite.js");
    }

    private static async Task RunNpmAsync(CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(Tool.Find("npm")!, ["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        {
            WorkingDirectory = Folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var npm = Process.Start(start)!;
        try
        {
            var output = npm.StandardOutput.ReadToEndAsync(cancellation);
            var errors = npm.StandardError.ReadToEndAsync(cancellation);
            await npm.WaitForExitAsync(cancellation);
            if (npm.ExitCode != 0)
            {
                throw new InvalidOperationException($"'npm ci' in {Folder} failed with {npm.ExitCode}.\n{await output}\n{await errors}");
            }
        }
        finally
        {
            if (!npm.HasExited)
            {
                npm.Kill(entireProcessTree: true);
            }
        }
    }
}

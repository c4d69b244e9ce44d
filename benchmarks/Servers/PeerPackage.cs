using System.Diagnostics;
using System.Reflection;
using System.Security.Cryptography;

namespace BookingFunctions.Benchmarks.Servers;

/// <summary>What the peer runs, as pinned by <c>peer/package-lock.json</c>.</summary>
internal static class PeerPackage
{
    /// <summary>The folder <c>benchmarks/peer</c>.</summary>
    public static string Folder { get; } = Path.GetFullPath(typeof(PeerPackage).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "PeerFolder").Value!);

    /// <summary>Installs it, unless it is there already.</summary>
    /// <exception cref="InvalidOperationException">npm could not install it.</exception>
    public static async Task InstallAsync(CancellationToken cancellation)
    {
        var packages = await File.ReadAllBytesAsync(Path.Combine(Folder, "package-lock.json"), cancellation);
        var pinned = Convert.ToHexString(SHA256.HashData(packages));
        var installed = Path.Combine(Folder, "node_modules", "installed.txt");
        if (File.Exists(installed) && await File.ReadAllTextAsync(installed, cancellation) == pinned)
        {
            return;
        }

        Console.WriteLine("Installing the peer by npm");
        using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--ignore-scripts"]) { WorkingDirectory = Folder })!;
        await npm.WaitForExitAsync(cancellation);
        if (npm.ExitCode != 0)
        {
            throw new InvalidOperationException($"'npm ci' in {Folder} has failed with {npm.ExitCode}; see above.");
        }

        await File.WriteAllTextAsync(installed, pinned, cancellation);
    }
}

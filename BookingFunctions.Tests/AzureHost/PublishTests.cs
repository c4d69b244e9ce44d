using System.Diagnostics;
using System.Reflection;

namespace BookingFunctions.Tests.AzureHost;

/// <summary>What <c>dotnet publish</c> makes of the app for Azure.</summary>
public sealed class PublishTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("publish-").FullName;

    [Fact]
    public async Task Publish_has_the_files_of_the_host_and_no_local_settings()
    {
        // In a copy of the sources, so that neither a settings file nor an output of a developer's is touched.
        var sources = Path.Combine(folder, "sources");
        CopySources(sources);
        await File.WriteAllTextAsync(
            Path.Combine(sources, "local.settings.json"), """{ "IsEncrypted": false, "Values": { "Secret": "1" } }""");

        var output = Path.Combine(folder, "output");
        await PublishAsync(Path.Combine(sources, "BookingFunctions"), output);

        Assert.All(
            [
                "host.json", "worker.config.json", "functions.metadata", "extensions.json",
                "BookingFunctions.dll", "BookingFunctions.runtimeconfig.json",
                ".azurefunctions/function.deps.json", ".azurefunctions/Microsoft.Azure.WebJobs.Extensions.DurableTask.dll",
                ".azurefunctions/Microsoft.Azure.Functions.Worker.Extensions.dll", ".azurefunctions/DurableTask.AzureStorage.dll",
            ],
            file => Assert.True(File.Exists(Path.Combine(output, file)), $"{file} isn't published."));
        Assert.Contains("DurableTask", await File.ReadAllTextAsync(Path.Combine(output, "extensions.json")), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(output, "local.settings*", SearchOption.AllDirectories));
        Assert.True(
            File.Exists(Path.Combine(sources, "BookingFunctions/bin/Release/net10.0/local.settings.json")),
            "func start finds no settings.");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static void CopySources(string target)
    {
        var metadata = typeof(PublishTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>();
        var root = Path.GetDirectoryName(Path.GetDirectoryName(metadata.Single(entry => entry.Key == "AppProject").Value!))!;
        var app = Path.Combine(root, "BookingFunctions");
        string[] built = [Path.Combine(app, "bin") + Path.DirectorySeparatorChar, Path.Combine(app, "obj") + Path.DirectorySeparatorChar];
        var files = Directory.EnumerateFiles(app, "*", SearchOption.AllDirectories)
            .Where(file => !built.Any(output => file.StartsWith(output, StringComparison.Ordinal)))
            .Concat(Directory.EnumerateFiles(root).Where(file => Path.GetFileName(file) is "host.json" or "global.json" or ".editorconfig"
                || Path.GetFileName(file).StartsWith("Directory.", StringComparison.Ordinal)));
        foreach (var file in files)
        {
            var copy = Path.Combine(target, Path.GetRelativePath(root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static async Task PublishAsync(string project, string output)
    {
        var start = new ProcessStartInfo(
            "dotnet", ["publish", project, "--output", output, "--nologo", "--verbosity", "quiet", "-p:RunAnalyzers=false"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        using var publish = Process.Start(start)!;
        var errors = publish.StandardError.ReadToEndAsync();
        var text = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();

        Assert.True(publish.ExitCode == 0, text + await errors);
    }
}

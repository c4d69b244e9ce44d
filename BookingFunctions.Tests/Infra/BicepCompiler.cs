using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace BookingFunctions.Tests.Infra;

/// <summary>The Bicep compiler, from its NuGet package, on this repository's <c>infra</c>.</summary>
internal static class BicepCompiler
{
    private static readonly Lazy<string> Program = new(MakeExecutable);

    /// <summary>Whether the package's binary runs here.</summary>
    public static bool RunsHere =>
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.X64;

    /// <summary>The folder of the templates.</summary>
    public static string Folder => Setting("InfraFolder");

    /// <summary>Runs the compiler in the templates' folder.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Program.Value, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    // Packages don't keep the permission to execute.
    private static string MakeExecutable()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "bicep");
        File.Copy(Setting("BicepProgram"), program, overwrite: true);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return program;
    }

    private static string Setting(string name) => typeof(BicepCompiler).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == name).Value!;
}

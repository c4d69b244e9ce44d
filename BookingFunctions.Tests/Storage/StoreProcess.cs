using System.Diagnostics;

namespace BookingFunctions.Tests.Storage;

/// <summary>Another process that plays a part of <see cref="StoreProgram"/>.</summary>
internal static class StoreProcess
{
    public static Process Start(string part, string path) => Process.Start(
        new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            ArgumentList = { typeof(StoreProgram).Assembly.Location, part, path },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    /// <summary>Runs a part to its end.</summary>
    /// <returns>The lines that it has printed.</returns>
    public static async Task<string[]> RunAsync(string part, string path)
    {
        using var process = Start(part, path);
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}

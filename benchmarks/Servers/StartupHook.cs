using System.Diagnostics.CodeAnalysis;
using BookingFunctions.Benchmarks.Servers;

/// <summary>What the .NET runtime calls at the start of a process that has this assembly in <c>DOTNET_STARTUP_HOOKS</c>.</summary>
[SuppressMessage("Design", "CA1050:Declare types in namespaces", Justification = "The runtime looks for this very name.")]
internal static class StartupHook
{
    /// <summary>Called before the process's own entry point.</summary>
    public static void Initialize() => Probe.Serve(Environment.GetEnvironmentVariable(Probe.PathVariable)!);
}

using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace BookingFunctions.Benchmarks.Commands;

/// <summary><c>micro</c>: replay, commit and serialization by themselves.</summary>
internal static class MicroCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var filter = new Option<string>("--filter") { Description = "Only those whose name matches.", DefaultValueFactory = _ => "*" };
        var command = new Command("micro", "Measures replay, commit and serialization by themselves, with BenchmarkDotNet.") { filter };
        command.SetAction(arguments =>
        {
            // In this process: a project made for each benchmark would take longer to build than to run.
            var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
            _ = BenchmarkSwitcher.FromAssembly(typeof(MicroCommand).Assembly).Run(["--filter", arguments.GetValue(filter)!], config);
        });
        return command;
    }
}

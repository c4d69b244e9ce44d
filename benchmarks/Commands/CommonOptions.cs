using System.CommandLine;

namespace BookingFunctions.Benchmarks.Commands;

/// <summary>The options that commands have in common; each command has its own of them.</summary>
internal static class CommonOptions
{
    /// <summary>How long a measurement is.</summary>
    public static Option<double> Seconds() =>
        new("--seconds") { Description = "How many seconds to measure.", DefaultValueFactory = _ => 10 };

    /// <summary>How long the warm-up is.</summary>
    public static Option<double> WarmUp() => new("--warm-up")
    {
        Description = "How many seconds to run before the measurement: until the code is compiled.",
        DefaultValueFactory = _ => 30,
    };

    /// <summary>How often runs are repeated.</summary>
    public static Option<int> Rounds(int rounds) =>
        new("--rounds") { Description = "How often each run is repeated.", DefaultValueFactory = _ => rounds };

    /// <summary>How many clients there are.</summary>
    public static Option<int[]> Concurrency(params int[] concurrency) => new("--concurrency")
    {
        Description = "How many clients post trips at a time; a run for each number.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => concurrency,
    };

    /// <summary>Where the figures go.</summary>
    public static Option<string?> Json() => new("--json") { Description = "Writes the figures to this file." };

    /// <summary>Where the files are while it runs.</summary>
    public static Option<string> Folder() => new("--folder")
    {
        Description = "The folder of the files: its disk is the one that is measured.",
        DefaultValueFactory = _ => Path.Combine(".local", "benchmarks"),
    };
}

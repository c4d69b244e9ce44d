using System.CommandLine;

namespace BookingFunctions.Benchmarks.Commands;

/// <summary>The options that commands have in common; each command has its own of them.</summary>
internal static class CommonOptions
{
    /// <summary>How long a run counts.</summary>
    public static Option<double> Seconds() => new("--seconds") { Description = "How long a run counts.", DefaultValueFactory = _ => 10 };

    /// <summary>How long it goes before.</summary>
    public static Option<double> WarmUp() =>
        new("--warm-up") { Description = "How many seconds it goes before it counts. The compiler is busy for that long.", DefaultValueFactory = _ => 30 };

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

    /// <summary>Where files are kept meanwhile.</summary>
    public static Option<string> Folder() => new("--folder")
    {
        Description = "Where the files are while it runs. It decides which disk is measured.",
        DefaultValueFactory = _ => Path.Combine(".local", "benchmarks"),
    };
}

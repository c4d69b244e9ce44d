using BookingFunctions.Simulation.Worlds;

namespace BookingFunctions.Simulation.Runs;

/// <summary>A world in which something went wrong.</summary>
/// <param name="Name">How to run it again, such as <c>--seed 17</c>.</param>
/// <param name="Error">What went wrong.</param>
/// <param name="Trace">The last lines of its trace.</param>
internal sealed record Failure(string Name, Exception Error, IReadOnlyList<string> Trace)
{
    public override string ToString() => string.Join(
        Environment.NewLine,
        [$"FAILED {Name}: {Error.Message}", .. Trace.Select(line => $"    {line}"), $"For the full trace: {Name}"]);
}

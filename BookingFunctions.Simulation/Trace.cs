using System.Globalization;

namespace BookingFunctions.Simulation;

/// <summary>What happened in a world, a line an event. It has nothing in it that differs from run to run.</summary>
internal sealed class Trace
{
    private readonly List<string> lines = [];

    public IReadOnlyList<string> Lines => lines;

    public void Add(int step, long elapsed, string what) => lines.Add(string.Create(
        CultureInfo.InvariantCulture,
        $"{step,6} {TimeSpan.FromTicks(elapsed).TotalSeconds,10:F3}s  {what}"));
}

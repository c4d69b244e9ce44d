using System.Globalization;

namespace BookingFunctions.Simulation.Worlds;

/// <summary>What happened in a world, a line an event. It has nothing in it that differs from run to run.</summary>
/// <param name="writer">Gets each line at once, so that a world that never ends shows how far it has come; null for none.</param>
internal sealed class Trace(TextWriter? writer = null)
{
    private readonly List<string> lines = [];

    public IReadOnlyList<string> Lines => lines;

    public void Add(int step, long elapsed, string what)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{step,6} {TimeSpan.FromTicks(elapsed).TotalSeconds,10:F3}s  {what}");
        lines.Add(line);
        writer?.WriteLine(line);
    }
}

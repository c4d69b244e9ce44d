using System.Globalization;

namespace BookingFunctions.Benchmarks.Servers;

/// <summary>What Linux has counted for a process, or several, since their start.</summary>
/// <param name="CpuSeconds">The processor time, in user and kernel mode.</param>
/// <param name="WrittenBytes">What they have caused to be written to disks.</param>
/// <param name="PeakBytes">The most memory they had.</param>
/// <param name="ResidentBytes">The memory they have.</param>
internal sealed record ProcessReading(double CpuSeconds, long WrittenBytes, long PeakBytes, long ResidentBytes)
{
    // _SC_CLK_TCK, which is 100 on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>Reads the counts of processes.</summary>
    public static ProcessReading Of(IEnumerable<int> processes) => processes.Select(Of).Aggregate((a, b) => new ProcessReading(
        a.CpuSeconds + b.CpuSeconds, a.WrittenBytes + b.WrittenBytes, a.PeakBytes + b.PeakBytes, a.ResidentBytes + b.ResidentBytes));

    private static ProcessReading Of(int process)
    {
        var stat = File.ReadAllText($"/proc/{process}/stat");

        // The name, in parentheses, may have spaces.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var status = Lines($"/proc/{process}/status");
        return new(
            (Number(fields[11]) + Number(fields[12])) / TicksPerSecond,
            Number(Lines($"/proc/{process}/io")["write_bytes"]),
            Number(status["VmHWM"].Replace(" kB", "", StringComparison.Ordinal)) * 1024,
            Number(status["VmRSS"].Replace(" kB", "", StringComparison.Ordinal)) * 1024);
    }

    private static Dictionary<string, string> Lines(string file) =>
        File.ReadLines(file).Select(line => line.Split(':', 2)).Where(line => line.Length == 2)
            .ToDictionary(line => line[0], line => line[1].Trim());

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}

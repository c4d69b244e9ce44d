using System.Globalization;

namespace BookingFunctions.Benchmarks.Servers;

/// <summary>What Linux has counted for the disk that a folder is on. Others that use the disk count as well.</summary>
/// <param name="Flushes">How many flushes of the disk's cache there were: an fsync makes one. 0 where the disk doesn't count them.</param>
internal sealed record DiskReading(long Flushes)
{
    private const int FlushField = 15;

    /// <summary>Reads the counts of a folder's disk.</summary>
    public static DiskReading Of(string folder) =>
        Device(folder) is { } device
            && File.ReadAllText($"/sys/class/block/{device}/stat").Split(' ', StringSplitOptions.RemoveEmptyEntries)
                is { Length: > FlushField } fields
            ? new(long.Parse(fields[FlushField], CultureInfo.InvariantCulture))
            : new(0);

    // The mount whose path is the longest that the folder begins with.
    private static string? Device(string folder)
    {
        var path = Path.GetFullPath(folder) + "/";
        var source = File.ReadLines("/proc/self/mounts")
            .Select(line => line.Split(' '))
            .Where(mount => path.StartsWith(mount[1].TrimEnd('/') + "/", StringComparison.Ordinal))
            .MaxBy(mount => mount[1].Length)?[0];
        var device = Path.GetFileName(source);
        return File.Exists($"/sys/class/block/{device}/stat") ? device : null;
    }
}

using System.Globalization;
using System.Runtime.InteropServices;

namespace BookingFunctions.Benchmarks.Reports;

/// <summary>What the figures are of.</summary>
internal static class Machine
{
    /// <summary>In a sentence.</summary>
    public static string Describe()
    {
        var processor = File.ReadLines("/proc/cpuinfo").First(line => line.StartsWith("model name", StringComparison.Ordinal)).Split(':')[1].Trim();
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} cores of a {processor}, {memory:F0} GB, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}; {DateTime.UtcNow:yyyy-MM-dd}.");
    }
}

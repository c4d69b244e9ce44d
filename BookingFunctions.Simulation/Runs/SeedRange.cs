using System.Globalization;
using BookingFunctions.Simulation.Worlds;

namespace BookingFunctions.Simulation.Runs;

/// <summary>Runs many seeds, on some threads; each world has one of them for itself.</summary>
internal static class SeedRange
{
    private const int TraceTail = 40;

    /// <summary>Runs them.</summary>
    /// <param name="first">The first seed.</param>
    /// <param name="count">How many.</param>
    /// <param name="threads">On how many threads.</param>
    /// <param name="maxFailures">After how many failures to stop.</param>
    /// <param name="report">Gets each failure at once; null for none.</param>
    public static SeedRangeResult Run(ulong first, int count, int threads, int maxFailures = 5, Action<Failure>? report = null)
    {
        var result = new SeedRangeResult();
        var next = -1;
        var workers = Enumerable.Range(0, threads).Select(_ => new Thread(Work)).ToList();
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
        return result;

        void Work()
        {
            var counts = new Counts();
            while (result.Failures.Count < maxFailures && Interlocked.Increment(ref next) is var index && index < count)
            {
                var seed = first + (ulong)index;
                try
                {
                    counts.Add(SeedRun.Run(seed));
                    result.CountSeed();
                }
                catch (Exception e)
                {
                    var failure = new Failure(string.Create(CultureInfo.InvariantCulture, $"--seed {seed}"), e, Tail(seed));
                    report?.Invoke(failure);
                    result.Add(failure);
                }
            }

            result.Add(counts);
        }
    }

    private static List<string> Tail(ulong seed)
    {
        var trace = new Trace();
        try
        {
            SeedRun.Run(seed, trace);
            return ["(it did not fail again)"];
        }
        catch (Exception)
        {
            return [.. trace.Lines.TakeLast(TraceTail)];
        }
    }
}

using System.Diagnostics;

namespace BookingFunctions.Benchmarks.Scaling;

/// <summary>Measures how costs grow.</summary>
internal static class ScalingRun
{
    // What a trip does at least: three legs and a notification.
    private const int TripSteps = 4;

    private const int Clients = 128;

    /// <summary>Runs all of them.</summary>
    public static async Task<List<ScalingCurve>> RunAsync(string folder) =>
    [
        await HistoryAsync(folder), await FanOutAsync(folder), await OpenInstancesAsync(folder),
    ];

    private static async Task<ScalingCurve> HistoryAsync(string folder)
    {
        await using var engine = await WarmAsync(folder);
        var curve = new ScalingCurve("An activity of an orchestration that runs them one after the other", "activities", []);
        foreach (var steps in new[] { 10, 100, 1_000, 5_000 })
        {
            // As many activities each time, of which 32 run at once.
            var rounds = Math.Max(1, 5_000 / (steps * 32));
            curve.Points.Add(await MeasureAsync(steps, rounds * 32 * steps, async () =>
            {
                for (var round = 0; round < rounds; round++)
                {
                    await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => engine.RunAsync(BareEngine.Sequence, steps)));
                }
            }));
        }

        return curve;
    }

    private static async Task<ScalingCurve> FanOutAsync(string folder)
    {
        await using var engine = await WarmAsync(folder);
        var curve = new ScalingCurve("An activity of an orchestration that runs them all at once", "activities", []);
        foreach (var width in new[] { 1, 10, 100, 1_000, 10_000 })
        {
            var instances = Math.Max(1, 10_000 / width);
            curve.Points.Add(await MeasureAsync(width, instances * width, () => Parallel.ForEachAsync(
                Enumerable.Range(0, instances),
                new ParallelOptions { MaxDegreeOfParallelism = Clients },
                async (_, _) => await engine.RunAsync(BareEngine.FanOut, width))));
        }

        return curve;
    }

    private static async Task<ScalingCurve> OpenInstancesAsync(string folder)
    {
        const int Runs = 3_000;
        await using var engine = await WarmAsync(folder);
        var curve = new ScalingCurve("An orchestration of four activities while others wait for an event", "waiting instances", []);
        var open = 0;
        foreach (var size in new[] { 0, 1_000, 10_000, 50_000 })
        {
            await Parallel.ForEachAsync(
                Enumerable.Range(0, size - open),
                new ParallelOptions { MaxDegreeOfParallelism = Clients },
                async (_, _) => await engine.ScheduleAsync(BareEngine.Wait, 0));
            open = size;
            curve.Points.Add(await MeasureAsync(size, Runs, () => ManyAsync(engine, Runs)));
        }

        return curve;
    }

    private static Task ManyAsync(BareEngine engine, int runs) => Parallel.ForEachAsync(
        Enumerable.Range(0, runs),
        new ParallelOptions { MaxDegreeOfParallelism = Clients },
        async (_, _) => await engine.RunAsync(BareEngine.Sequence, TripSteps));

    private static async Task<BareEngine> WarmAsync(string folder)
    {
        var engine = await BareEngine.StartAsync(Path.Combine(folder, "scaling"));
        await ManyAsync(engine, 4_000);
        await Parallel.ForEachAsync(Enumerable.Range(0, 100), async (_, _) => await engine.RunAsync(BareEngine.FanOut, 20));
        return engine;
    }

    private static async Task<ScalingPoint> MeasureAsync(int size, int count, Func<Task> run)
    {
        GC.Collect();
        var (cpu, allocated, begin) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(), Stopwatch.GetTimestamp());
        await run();
        return new(
            size,
            Stopwatch.GetElapsedTime(begin).TotalMilliseconds / count,
            (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / count,
            (GC.GetTotalAllocatedBytes() - allocated) / (double)count);
    }
}

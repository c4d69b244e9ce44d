using System.Text.Json;

namespace BookingFunctions.Benchmarks.Load;

/// <summary>The process that posts trips.</summary>
internal static class LoadGenerator
{
    /// <summary>The argument that makes of this program a load generator.</summary>
    public const string Command = "load";

    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(1);

    /// <summary>Reads a <see cref="LoadPlan"/>, carries it out, and writes <see cref="LoadReport"/>s.</summary>
    public static async Task<int> RunAsync(TextReader input, TextWriter output)
    {
        var plan = JsonSerializer.Deserialize<LoadPlan>((await input.ReadLineAsync())!)!;
        var meter = new LoadMeter();
        var requests = TripBodies.Make(plan);
        var expected = plan.Kind == TripKind.RolledBack ? "\"Cancelled\""u8.ToArray() : "\"Confirmed\""u8.ToArray();
        void Report(LoadResult? result = null) => output.WriteLine(JsonSerializer.Serialize(new LoadReport(
            result is null ? meter.Phase : LoadPhase.Ended, meter.Trips, result)));

        // Spread over the requests, so that clients don't post the same trip at the same time.
        var clients = Enumerable.Range(0, plan.Concurrency)
            .Select(number => new TripClient(plan.Url, requests, number * 7, expected, meter).RunAsync())
            .ToArray();
        var all = Task.WhenAll(clients);
        Report();
        await EndsAsync(all, TimeSpan.FromSeconds(plan.WarmUpSeconds));
        meter.Begin();
        Report();
        for (var left = TimeSpan.FromSeconds(plan.Seconds); left > TimeSpan.Zero; left -= ReportInterval)
        {
            await EndsAsync(all, left < ReportInterval ? left : ReportInterval);
            if (left > ReportInterval)
            {
                Report();
            }
        }

        meter.End();
        Report();
        await all;
        Report(meter.Result());
        return 0;
    }

    // A client ends before its time only by an exception, which is this method's then.
    private static async Task EndsAsync(Task clients, TimeSpan time)
    {
        if (await Task.WhenAny(clients, Task.Delay(time)) == clients)
        {
            await clients;
        }
    }
}

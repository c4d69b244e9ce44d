using System.Diagnostics;
using System.Text.Json;
using BookingFunctions.Benchmarks.Load;
using BookingFunctions.Benchmarks.Servers;

namespace BookingFunctions.Benchmarks.Runs;

/// <summary>Has trips posted to a server by a load generator in a process of its own, and reads the server's counts around it.</summary>
internal static class TripRun
{
    // How long the last trips may take.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Runs.</summary>
    /// <param name="server">The server.</param>
    /// <param name="plan">What the load generator does; its address is the server's.</param>
    /// <param name="progress">Gets the reports of the load generator.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="InvalidOperationException">An answer was not as it should be: then the figures would mean nothing.</exception>
    public static async Task<TripFigures> RunAsync(
        IServer server, LoadPlan plan, Action<LoadReport> progress, CancellationToken cancellation)
    {
        plan = plan with { Url = server.Trips };
        using var generator = Start();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(plan.WarmUpSeconds + plan.Seconds) + Patience);
        using var stop = patience.Token.Register(() => generator.Kill());
        await generator.StandardInput.WriteLineAsync(JsonSerializer.Serialize(plan));
        await generator.StandardInput.FlushAsync(cancellation);

        ServerReading? before = null;
        ServerReading? after = null;
        LoadResult? result = null;
        while (await generator.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
        {
            var report = JsonSerializer.Deserialize<LoadReport>(line)!;
            before ??= report.Phase == LoadPhase.Measuring ? server.Read() : null;
            after ??= report.Phase == LoadPhase.Measured ? server.Read() : null;
            result ??= report.Result;
            progress(report);
        }

        await generator.WaitForExitAsync(CancellationToken.None);
        cancellation.ThrowIfCancellationRequested();
        if (patience.IsCancellationRequested)
        {
            throw new InvalidOperationException(
                $"{server.Name} has trips that it doesn't answer within {Patience.TotalSeconds} s, with {plan}.");
        }

        if (result is null || before is null || after is null)
        {
            throw new InvalidOperationException(
                $"The load generator has ended with {generator.ExitCode} before it was done; its error is above.");
        }

        if (result.Trips == 0)
        {
            throw new InvalidOperationException($"{server.Name} has answered no trip in the {plan.Seconds} s that counted.");
        }

        return result.Failures > 0
            ? throw new InvalidOperationException(
                $"{result.Failures} of {result.Failures + result.Trips} answers of {server.Name} were wrong, such as:\n{result.Failure}")
            : Figures(server, plan, result, before, after);
    }

    private static Process Start()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(TripRun).Assembly.Location);
        }

        start.ArgumentList.Add(LoadGenerator.Command);

        // Saves a hop to another thread for each answer.
        start.Environment["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1";
        return Process.Start(start)!;
    }

    private static TripFigures Figures(IServer server, LoadPlan plan, LoadResult result, ServerReading before, ServerReading after)
    {
        double PerTrip(double total) => total / Math.Max(1, result.Trips);
        return new()
        {
            Server = server.Name,
            Kind = plan.Kind,
            Parallel = plan.Parallel,
            Concurrency = plan.Concurrency,
            Trips = result.Trips,
            TripsPerSecond = result.Trips / result.Seconds,
            Latency = result.Latency,
            CpuMilliseconds = 1000 * PerTrip(after.Process.CpuSeconds - before.Process.CpuSeconds),
            LoadCpuMilliseconds = 1000 * PerTrip(result.CpuSeconds),
            WrittenBytes = PerTrip(after.Process.WrittenBytes - before.Process.WrittenBytes),
            DiskFlushes = PerTrip(after.Disk.Flushes - before.Disk.Flushes),
            StoredBytes = PerTrip(after.StoredBytes - before.StoredBytes),
            PeakBytes = after.Process.PeakBytes,
            AllocatedBytes = after.Probe is null ? null : PerTrip(after.Probe.AllocatedBytes - before.Probe!.AllocatedBytes),
            PausedTime = after.Probe is null ? null : (after.Probe.PauseSeconds - before.Probe!.PauseSeconds) / result.Seconds,
            Counters = after.Probe is null ? [] : after.Probe.Counters.ToDictionary(
                counter => counter.Key,
                counter => PerTrip(counter.Value - before.Probe!.Counters.GetValueOrDefault(counter.Key))),
        };
    }
}

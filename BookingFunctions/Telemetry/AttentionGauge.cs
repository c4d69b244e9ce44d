using System.Diagnostics.Metrics;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Listing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BookingFunctions.Telemetry;

/// <summary>
/// The metric of how many trips need attention, as the directory knows it: it is right after a restart, too, and on every host that
/// reads the directory. It is read when metrics are collected, and only then; what it shows is as of the collection before.
/// </summary>
/// <param name="directory">The directory.</param>
/// <param name="meter">The meter, named <see cref="TripTelemetry.Name"/>.</param>
/// <param name="logger">Logs it if the directory can't be read.</param>
public sealed partial class AttentionGauge(
    ITripDirectory directory, Meter meter, ILogger<AttentionGauge> logger) : IHostedService, IDisposable
{
    /// <summary>How many are counted at most.</summary>
    public const int Most = 1000;

    private readonly CancellationTokenSource stopping = new();
    private Task<long?> count = Task.FromResult<long?>(null);
    private long? last;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        meter.CreateObservableGauge(
            "trips.needing_attention", Observe, "{trip}", "Trips that wait for an operator, at most 1,000 of them.");
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await count;
    }

    /// <inheritdoc/>
    public void Dispose() => stopping.Dispose();

    private IEnumerable<Measurement<long>> Observe()
    {
        if (count.IsCompleted && !stopping.IsCancellationRequested)
        {
            last = count.Result ?? last;
            count = Task.Run(CountAsync);
        }

        return last is { } known ? [new Measurement<long>(known)] : [];
    }

    private async Task<long?> CountAsync()
    {
        try
        {
            var page = await directory.ListAsync(new TripQuery { Status = TripState.NeedsAttention, PageSize = Most }, stopping.Token);
            return page.Trips.Count;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (Exception e)
        {
            LogNotCounted(e);
            return null;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "How many trips need an operator could not be counted; the metric shows what it was.")]
    private partial void LogNotCounted(Exception failure);
}

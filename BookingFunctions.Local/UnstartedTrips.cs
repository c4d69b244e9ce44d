using BookingFunctions.Http;
using BookingFunctions.Local.Backends;
using LocalFunctionsHost;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Hosting;

namespace BookingFunctions.Local;

/// <summary>Starts, once the host has started, the trips that a crash has left in the directory without a start.</summary>
/// <param name="starter">Starts them.</param>
/// <param name="client">Starts orchestrations.</param>
/// <param name="backend">Says whether other processes start trips, too.</param>
/// <param name="lifetime">Says when the host has started.</param>
internal sealed class UnstartedTrips(
    TripStarter starter, DurableTaskClient client, IOrchestrationBackend backend, IHostApplicationLifetime lifetime) : BackgroundService
{
    private static readonly TimeSpan StartTime = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var hasStarted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var started = lifetime.ApplicationStarted.Register(hasStarted.SetResult);
        await hasStarted.Task.WaitAsync(stoppingToken);

        // One process at a time has a SQLite file: what isn't started now was left by an earlier one.
        await starter.SweepAsync(client, backend is SqliteBackend ? null : StartTime, stoppingToken);
    }
}

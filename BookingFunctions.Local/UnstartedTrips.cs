using BookingFunctions.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Hosting;

namespace BookingFunctions.Local;

/// <summary>Starts, once the host is up, the trips that a crash has left in the directory without a start.</summary>
/// <param name="starter">Starts them.</param>
/// <param name="client">Starts orchestrations.</param>
/// <param name="lifetime">Says when the host is up.</param>
internal sealed class UnstartedTrips(TripStarter starter, DurableTaskClient client, IHostApplicationLifetime lifetime) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var started = lifetime.ApplicationStarted.Register(up.SetResult);
        await up.Task.WaitAsync(stoppingToken);

        // One process at a time has the file: whatever isn't started now is what an earlier one has left.
        await starter.SweepAsync(client, age: null, stoppingToken);
    }
}

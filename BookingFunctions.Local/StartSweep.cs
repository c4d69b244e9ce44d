using BookingFunctions.Local.Backends;
using BookingFunctions.Trips.Starting;
using LocalFunctionsHost.Backends;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Hosting;

namespace BookingFunctions.Local;

/// <summary>Does, once the host has started, what a crash has left undone.</summary>
/// <param name="sweeper">Does it.</param>
/// <param name="client">Starts orchestrations.</param>
/// <param name="backend">Says whether other processes start trips, too.</param>
/// <param name="lifetime">Says when the host has started.</param>
internal sealed class StartSweep(
    Sweeper sweeper, DurableTaskClient client, IOrchestrationBackend backend, IHostApplicationLifetime lifetime) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var hasStarted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var started = lifetime.ApplicationStarted.Register(hasStarted.SetResult);
        await hasStarted.Task.WaitAsync(stoppingToken);

        // One process at a time has a SQLite file: what isn't done now was left by an earlier one.
        await sweeper.SweepAsync(client, backend is SqliteBackend ? null : Sweeper.LeastAge, stoppingToken);
    }
}

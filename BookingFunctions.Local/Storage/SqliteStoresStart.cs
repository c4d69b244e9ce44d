using Microsoft.Extensions.Hosting;

namespace BookingFunctions.Local.Storage;

/// <summary>Has the stores' tables made, and those of an older file brought up to date, before anything runs or is answered.</summary>
internal sealed class SqliteStoresStart(SqliteTripDirectory directory, SqliteReservationStore reservations, SqliteOutbox outbox) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(directory.Ready, reservations.Ready, outbox.Ready).WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

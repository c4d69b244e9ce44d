using BookingFunctions.Local.Backends;
using BookingFunctions.Local.Storage;
using BookingFunctions.Reconciliation;
using BookingFunctions.Trips.Reading;
using LocalFunctionsHost.Client;
using LocalFunctionsHost.Settings;
using Microsoft.Extensions.Logging.Abstractions;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>Checks the file of an application that has ended, however it did.</summary>
internal static class StoppedData
{
    /// <summary>Checks that every live reservation has a trip that wants it, and every confirmed trip its reservations.</summary>
    /// <param name="data">The file.</param>
    public static async Task AssertReconciledAsync(DataFile data)
    {
        await using var database = data.Open();
        await using var backend = new SqliteBackend(database, new HostSettings(), TimeProvider.System, NullLoggerFactory.Instance);
        await using var client = new LocalDurableTaskClient(backend);
        var directory = new SqliteTripDirectory(database);
        var trips = new TripReader(directory, TimeProvider.System);
        var reconciler = new Reconciler(
            directory, new SqliteReservationStore(database), async (id, ct) => (await trips.FindAsync(client, id, ct))?.Status);
        await foreach (var found in reconciler.CheckReservationsAsync(CancellationToken.None))
        {
            Assert.DoesNotContain(found, finding => finding.Kind == FindingKind.Orphan);
        }

        await foreach (var found in reconciler.CheckTripsAsync(CancellationToken.None))
        {
            Assert.Empty(found);
        }
    }
}

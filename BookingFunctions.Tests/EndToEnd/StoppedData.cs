using BookingFunctions.Http;
using BookingFunctions.Local.Storage;
using BookingFunctions.Reconciliation;
using LocalRuntime.Engine;
using LocalRuntime.Storage;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>Looks into the file of an application that has ended, however it did.</summary>
internal static class StoppedData
{
    /// <summary>Checks that every live reservation has a trip that wants it, and every confirmed trip its reservations.</summary>
    /// <param name="path">The file.</param>
    public static async Task AssertReconciledAsync(string path)
    {
        await using var database = SqliteDatabase.Open(path);
        await using var services = new ServiceCollection().BuildServiceProvider();
        var client = new DurableEngine(new SqliteOrchestrationStore(database), new DurableTaskRegistry(), services).Client;
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

using BookingFunctions.Reconciliation;
using BookingFunctions.Simulation.Worlds;
using BookingFunctions.Storage;
using BookingFunctions.Trips.Listing;
using BookingFunctions.Trips.Reading;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Simulation.Checks;

/// <summary>The app's own reconciliation: whenever it runs, no reservation is left over, and none is missing.</summary>
internal static class Audit
{
    /// <summary>Runs it.</summary>
    /// <returns>How many live reservations were compared.</returns>
    public static async Task<long> RunAsync(World world, SimulatedProcess process)
    {
        var trips = process.Services.GetRequiredService<TripReader>();
        var reconciler = new Reconciler(
            process.Services.GetRequiredService<ITripDirectory>(),
            process.Services.GetRequiredService<IReservationStore>(),
            async (id, cancellation) => (await trips.FindAsync(process.Client, id, cancellation))?.Status);
        await foreach (var found in reconciler.CheckReservationsAsync(CancellationToken.None))
        {
            Report(world, found.Where(finding => finding.Kind != FindingKind.Accepted));
        }

        await foreach (var found in reconciler.CheckTripsAsync(CancellationToken.None))
        {
            Report(world, found);
        }

        return reconciler.Checked;
    }

    private static void Report(World world, IEnumerable<Finding> findings)
    {
        foreach (var finding in findings)
        {
            world.Violate($"The reconciliation has found an {finding.Kind}: '{finding.ReservationId}'. {finding.Reason}");
        }
    }
}

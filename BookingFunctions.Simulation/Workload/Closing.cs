using BookingFunctions.Simulation.Checks;
using BookingFunctions.Simulation.Functions;
using BookingFunctions.Simulation.Worlds;
using BookingFunctions.Storage;
using BookingFunctions.Travel;
using BookingFunctions.Trips;

namespace BookingFunctions.Simulation.Workload;

/// <summary>Brings a world to its end: nothing fails any more, and every instance is given what it waits for.</summary>
internal static class Closing
{
    /// <summary>Whether something still waits for a client.</summary>
    public static bool IsNeeded(World world, TripWatch watch) =>
        world.Disk.ReadInstances().Any(row => !row.HasEnded) || world.Disk.ReadTrips().Any(trip => !IsSettled(world, watch, trip.Id));

    public static async Task RunAsync(World world, TripWatch watch)
    {
        var operatorClient = new Client(world, "operator");
        foreach (var row in world.Disk.ReadInstances().Where(row => !row.HasEnded))
        {
            if (row.Status == DurableTask.Core.OrchestrationStatus.Suspended)
            {
                await operatorClient.AskAsync($"resume {row.InstanceId}", client => client.ResumeInstanceAsync(row.InstanceId));
            }

            if (row.Name == nameof(Collect))
            {
                await CollectScript.EndAsync(operatorClient, row.InstanceId);
            }
        }

        var tripOperator = new TripClient(world, "operator");
        foreach (var trip in world.Disk.ReadTrips().Where(trip => !IsSettled(world, watch, trip.Id)))
        {
            await tripOperator.UnblockAsync(trip.Id);
        }
    }

    /// <summary>Runs the app's reconciliation on a world that has come to its end.</summary>
    public static async Task AuditAsync(World world)
    {
        long compared = 0;
        await new Client(world, "auditor").AskAsync("reconcile", async process => compared = await Audit.RunAsync(world, process));
        var live = world.Disk.ReadReservations().Count(reservation => reservation.State == ReservationState.Booked
            && world.Disk.FindTrip(Booking.TripIdOf(reservation.Id, reservation.Leg)!)
                is { Status: TripState.Confirmed or TripState.Cancelled });
        if (compared != live)
        {
            world.Violate($"The reconciliation has compared {compared} reservations, and {live} are live.");
        }
    }

    private static bool IsSettled(World world, TripWatch watch, string tripId) => watch.Decided.TryGetValue(tripId, out var decision)
        && (decision == TripState.Cancelled || !world.Ledger.Trips.IsCancelled(tripId));
}

using System.Runtime.CompilerServices;
using System.Text.Json;
using BookingFunctions.Storage;
using BookingFunctions.Travel;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Listing;

namespace BookingFunctions.Reconciliation;

/// <summary>
/// Compares every live reservation with its trip, and every confirmed trip with its reservations. Both may change
/// meanwhile: a trip that is not decided is left for later, and what doesn't match is read once more, in the order that
/// distinguishes a change from a mismatch. Never more than a page of either is in memory.
/// </summary>
/// <param name="directory">Has the trips.</param>
/// <param name="reservations">Has the reservations.</param>
/// <param name="read">
/// Reads the status of a trip from all its sources, also of one that has no row and of one that is just being cancelled;
/// null if there is no such trip.
/// </param>
public sealed class Reconciler(
    ITripDirectory directory, IReservationStore reservations, Func<string, CancellationToken, Task<TripState?>> read)
{
    // So many look-ups run at once, so that a store across a network doesn't make it slow.
    private const int Width = 32;
    private const int PageSize = 500;

    private long compared;

    /// <summary>How many live reservations were compared so far.</summary>
    public long Checked => Interlocked.Read(ref compared);

    /// <summary>Goes through the live reservations.</summary>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>For each batch, what was found: orphans, and those that were accepted; mostly nothing.</returns>
    public async IAsyncEnumerable<IReadOnlyList<Finding>> CheckReservationsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var some in InChunksAsync(reservations.ListLiveAsync(cancellation), cancellation))
        {
            var found = await Task.WhenAll(some.Select(reservation => CheckAsync(reservation, cancellation)));
            yield return [.. found.OfType<Finding>()];
        }
    }

    /// <summary>Goes through the confirmed trips.</summary>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>For each batch, the reservations that are missing; mostly none.</returns>
    public async IAsyncEnumerable<IReadOnlyList<Finding>> CheckTripsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var some in InChunksAsync(ListConfirmedAsync(cancellation), cancellation))
        {
            var found = await Task.WhenAll(some.Select(trip => CheckAsync(trip, cancellation)));
            yield return [.. found.SelectMany(findings => findings)];
        }
    }

    private async Task<Finding?> CheckAsync(Reservation reservation, CancellationToken cancellation)
    {
        var tripId = Booking.TripIdOf(reservation.Id, reservation.Leg);
        var trip = tripId is null ? null : await directory.FindAsync(tripId, cancellation);
        var state = trip?.Status ?? (tripId is null ? null : await read(tripId, cancellation));
        if (state is not (null or TripState.Confirmed or TripState.Cancelled))
        {
            return null;
        }

        Interlocked.Increment(ref compared);
        if (state == TripState.Confirmed)
        {
            return null;
        }

        // A trip's decision is written down after its last undo: what is still held now stays so.
        var now = await reservations.FindAsync(reservation.Id, reservation.Leg, reservation.Item, cancellation);
        if (now is not { State: ReservationState.Booked })
        {
            return null;
        }

        var (kind, reason) =
            tripId is null ? (FindingKind.Orphan, "Its id is not made of a trip's id and a leg.")
            : state is null ? (FindingKind.Orphan, $"There is no trip '{tripId}'.")
            : trip is not null && IsAccepted(trip, reservation.Leg, out var by)
                ? (FindingKind.Accepted, $"The trip is cancelled, and the undo of this leg was skipped by {by}.")
            : (FindingKind.Orphan, "The trip is cancelled.");
        return new Finding(kind, now.Id, tripId, now.Leg, now.Item, now.Confirmation, reason);
    }

    private async Task<IReadOnlyList<Finding>> CheckAsync(TripRow trip, CancellationToken cancellation)
    {
        var missing = new List<Finding>();
        var request = JsonSerializer.Deserialize<TripPlan>(trip.Plan)!.Trip;
        foreach (var leg in Enum.GetValues<Leg>())
        {
            var booking = Booking.Of(trip.Id, leg, request);
            var reservation = await reservations.FindAsync(booking.ReservationId, leg, booking.Item, cancellation);
            if (reservation is not { State: ReservationState.Booked })
            {
                var confirmation = reservation?.Confirmation;
                var reason = $"The trip is confirmed, but nothing {(confirmation is null ? "was ever booked" : "is booked any more")}.";
                missing.Add(new Finding(FindingKind.Missing, booking.ReservationId, trip.Id, leg, booking.Item, confirmation, reason));
            }
        }

        // It may have been cancelled meanwhile.
        return missing.Count > 0 && await read(trip.Id, cancellation) != TripState.Confirmed ? [] : missing;
    }

    // A trip is cancelled only once each leg is undone, or was skipped.
    private static bool IsAccepted(TripRow trip, Leg leg, out string by)
    {
        var legs = trip.Outcome is { } outcome ? JsonSerializer.Deserialize<TripStatus>(outcome)?.Legs : null;
        var status = legs?.FirstOrDefault(status => status.Leg == leg);
        by = status?.Skipped is { } skipped ? skipped.By + (skipped.Note is { } note ? $" ({note})" : "") : "an operator";
        return status?.State == LegState.UndoFailed;
    }

    private async IAsyncEnumerable<TripRow> ListConfirmedAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var query = new TripQuery { Status = TripState.Confirmed, PageSize = PageSize };
        do
        {
            var page = await directory.ListAsync(query, cancellation);
            foreach (var trip in page.Trips)
            {
                yield return trip;
            }

            query = query with { ContinuationToken = page.ContinuationToken };
        }
        while (query.ContinuationToken is not null);
    }

    private static async IAsyncEnumerable<IReadOnlyList<T>> InChunksAsync<T>(
        IAsyncEnumerable<T> source, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var chunk = new List<T>(Width);
        await foreach (var item in source.WithCancellation(cancellation))
        {
            chunk.Add(item);
            if (chunk.Count == Width)
            {
                yield return chunk;
                chunk = new List<T>(Width);
            }
        }

        if (chunk.Count > 0)
        {
            yield return chunk;
        }
    }
}

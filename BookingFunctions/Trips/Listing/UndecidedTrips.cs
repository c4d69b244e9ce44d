using System.Collections.Concurrent;
using BookingFunctions.Trips.Reading;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Trips.Listing;

/// <summary>
/// Looks after trips that are not decided: the directory doesn't hear of one that was ended from outside, or suspended, until
/// somebody looks.
/// </summary>
/// <param name="directory">Has the trips.</param>
/// <param name="trips">Reads them, and writes down what it sees.</param>
public sealed class UndecidedTrips(ITripDirectory directory, TripReader trips)
{
    // How many are looked at a time: the orchestrations may be across a network.
    private const int Width = 16;
    private const int LooksAtOnce = 100;

    private readonly ConcurrentDictionary<TripState, string?> next = new();

    /// <summary>Shows rows of the directory, those that are not decided as they are now.</summary>
    /// <param name="client">Knows the orchestrations.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<IReadOnlyList<TripSummary>> ShowAsync(
        DurableTaskClient client, IReadOnlyList<TripEntry> rows, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var shown = rows.Select(TripSummary.Of).ToArray();
        var undecided = Enumerable.Range(0, rows.Count).Where(i => shown[i].Status is not (TripState.Confirmed or TripState.Cancelled));
        await Parallel.ForEachAsync(undecided, Options(cancellation), async (i, token) =>
        {
            if (await trips.ReadAsync(client, rows[i].Id, token) is { } trip)
            {
                shown[i] = TripSummary.Of(rows[i], trip);
            }
        });
        return shown;
    }

    /// <summary>
    /// Looks at trips that are being booked or rolled back, so that those that were ended from outside are listed as what they are.
    /// Each call goes on where the one before has stopped.
    /// </summary>
    /// <param name="client">Knows the orchestrations.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task LookAsync(DurableTaskClient client, CancellationToken cancellation)
    {
        foreach (var state in new[] { TripState.Booking, TripState.RollingBack })
        {
            var query = new TripQuery { Status = state, PageSize = LooksAtOnce, ContinuationToken = next.GetValueOrDefault(state) };
            var page = await directory.ListAsync(query, cancellation);
            next[state] = page.ContinuationToken;
            await Parallel.ForEachAsync(
                page.Trips, Options(cancellation), async (row, token) => await trips.ReadAsync(client, row.Id, token));
        }
    }

    private static ParallelOptions Options(CancellationToken cancellation) =>
        new() { MaxDegreeOfParallelism = Width, CancellationToken = cancellation };
}

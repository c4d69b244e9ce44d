using System.Collections.Concurrent;
using BookingFunctions.Trips.Reading;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Trips.Listing;

/// <summary>
/// Refreshes trips that are not decided: one that was ended from outside, or suspended, can't update its row itself.
/// </summary>
/// <param name="directory">Has the trips.</param>
/// <param name="trips">Reads them, and writes down what it sees.</param>
public sealed class UndecidedTrips(ITripDirectory directory, TripReader trips)
{
    // How many are read at a time: the orchestrations may be across a network.
    private const int Width = 16;
    private const int RefreshedAtOnce = 100;

    private readonly ConcurrentDictionary<TripState, string?> next = new();

    /// <summary>Shows rows of the directory, those that are not decided as they are now.</summary>
    /// <param name="client">Knows the orchestrations.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<IReadOnlyList<TripListItem>> ShowAsync(
        DurableTaskClient client, IReadOnlyList<TripRow> rows, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var shown = rows.Select(TripListItem.Of).ToArray();
        var undecided = Enumerable.Range(0, rows.Count).Where(i => shown[i].Status is not (TripState.Confirmed or TripState.Cancelled));
        await Parallel.ForEachAsync(undecided, Options(cancellation), async (i, token) =>
        {
            if (await trips.ReadAsync(client, rows[i].Id, token) is { } trip)
            {
                shown[i] = TripListItem.Of(rows[i], trip);
            }
        });
        return shown;
    }

    /// <summary>
    /// Reads trips that are being booked or rolled back, so that those that were ended from outside are listed as what they are.
    /// Each call goes on where the one before has stopped.
    /// </summary>
    /// <param name="client">Knows the orchestrations.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task RefreshAsync(DurableTaskClient client, CancellationToken cancellation)
    {
        foreach (var state in new[] { TripState.Booking, TripState.RollingBack })
        {
            var query = new TripQuery { Status = state, PageSize = RefreshedAtOnce, ContinuationToken = next.GetValueOrDefault(state) };
            var page = await directory.ListAsync(query, cancellation);
            next[state] = page.ContinuationToken;
            await Parallel.ForEachAsync(
                page.Trips, Options(cancellation), async (row, token) => await trips.ReadAsync(client, row.Id, token));
        }
    }

    private static ParallelOptions Options(CancellationToken cancellation) =>
        new() { MaxDegreeOfParallelism = Width, CancellationToken = cancellation };
}

using BookingFunctions.Trips;
using BookingFunctions.Trips.Listing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BookingFunctions.Http.Listing;

/// <summary>Counts trips, minute by minute.</summary>
/// <param name="directory">Has them all.</param>
/// <param name="clock">Says what the last hour is.</param>
public sealed class CountTrips(ITripDirectory directory, TimeProvider clock)
{
    /// <summary>The longest time that is counted.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private static readonly TimeSpan Usual = TimeSpan.FromHours(1);

    /// <summary>The function.</summary>
    /// <param name="request">The request, with the time as its query.</param>
    /// <param name="cancellation">Cancelled when the client disconnects or the host stops.</param>
    /// <returns>200 with the counts, or 400.</returns>
    [Function(nameof(CountTrips))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/counts")] HttpRequest request, CancellationToken cancellation)
    {
        var reader = new QueryReader(request, "from", "to");
        var (first, last) = (reader.Time("from"), reader.Time("to"));
        var to = last ?? clock.GetUtcNow();
        var from = first ?? (to - DateTimeOffset.MinValue < Usual ? DateTimeOffset.MinValue : to - Usual);
        if (from > to || to - from > Longest)
        {
            reader.Refuse("from", "'from' has to be a time before 'to', by a day at most.");
        }

        if (reader.Problem is { } problem)
        {
            return problem;
        }

        var minutes = (await directory.CountAsync(from, to, cancellation))
            .GroupBy(count => count.Minute)
            .OrderBy(minute => minute.Key)
            .Select(minute => TripMinute.Of(minute.Key, minute));
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return Results.Json(new TripCounts(from, to, [.. minutes]), ApiJson.Options);
    }
}

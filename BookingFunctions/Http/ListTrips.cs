using BookingFunctions.Saga;
using BookingFunctions.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BookingFunctions.Http;

/// <summary>Lists trips, newest first.</summary>
/// <param name="directory">Has them all.</param>
public sealed class ListTrips(ITripDirectory directory)
{
    /// <summary>How many trips a page has at most.</summary>
    public const int MaxPageSize = 500;

    private const int DefaultPageSize = 50;
    private const int MaxTokenCharacters = 1000;

    /// <summary>The function.</summary>
    /// <param name="request">The request, with the filters as its query.</param>
    /// <param name="cancellation">Fires when nobody waits for the answer any more.</param>
    /// <returns>200 with a page, or 400.</returns>
    [Function(nameof(ListTrips))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/trips")] HttpRequest request, CancellationToken cancellation)
    {
        var reader = new QueryReader(request, "status", "name", "from", "to", "pageSize", "continuationToken");
        var query = new TripQuery
        {
            Status = reader.Choice<TripState>("status"),
            NamePrefix = reader.Text("name", TripBodyValidator.MaxCharacters),
            From = reader.Time("from"),
            To = reader.Time("to"),
            PageSize = reader.Number("pageSize", 1, MaxPageSize) ?? DefaultPageSize,
            ContinuationToken = reader.Text("continuationToken", MaxTokenCharacters),
        };
        if (query.From > query.To)
        {
            reader.Refuse("from", "'from' has to be a time before 'to'.");
        }

        if (reader.Problem is { } problem)
        {
            return problem;
        }

        try
        {
            var page = await directory.ListAsync(query, cancellation);
            return Results.Json(new TripList([.. page.Trips.Select(TripSummary.Of)], page.ContinuationToken), TripJson.Options);
        }
        catch (ArgumentException) when (query.ContinuationToken is not null)
        {
            reader.Refuse("continuationToken", "'continuationToken' has to be one that the page before has answered, as it is.");
            return reader.Problem!;
        }
    }
}

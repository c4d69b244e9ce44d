using BookingFunctions.Http.Starting;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Listing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Http.Listing;

/// <summary>Lists trips, newest first.</summary>
/// <param name="directory">Has them all.</param>
/// <param name="undecided">Knows those better that are not decided.</param>
public sealed class ListTrips(ITripDirectory directory, UndecidedTrips undecided)
{
    /// <summary>How many trips a page has at most.</summary>
    public const int MaxPageSize = 500;

    private const int DefaultPageSize = 50;
    private const int MaxTokenCharacters = 1000;

    /// <summary>The function.</summary>
    /// <param name="request">The request, with the filters as its query.</param>
    /// <param name="client">Knows the orchestrations.</param>
    /// <param name="cancellation">Cancelled when the client disconnects or the host stops.</param>
    /// <returns>200 with a page, or 400.</returns>
    [Function(nameof(ListTrips))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/trips")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
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
            if (query.Status is not null)
            {
                await undecided.RefreshAsync(client, cancellation);
            }

            var page = await directory.ListAsync(query, cancellation);
            var shown = await undecided.ShowAsync(client, page.Trips, cancellation);
            return Results.Json(
                new TripList([.. shown.Where(trip => query.Status is null || trip.Status == query.Status)], page.ContinuationToken),
                ApiJson.Options);
        }
        catch (ArgumentException) when (query.ContinuationToken is not null)
        {
            reader.Refuse("continuationToken", "'continuationToken' has to be one that the page before has answered, as it is.");
            return reader.Problem!;
        }
    }
}

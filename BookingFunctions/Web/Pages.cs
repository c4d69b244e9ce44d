using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BookingFunctions.Web;

/// <summary>
/// The pages. They need no key: they are the same for all, and what they show comes from the API, which needs one.
/// </summary>
public static class Pages
{
    /// <summary>The page that books a trip, at the root: the host takes no empty route, but one whose only part may be left out.</summary>
    /// <param name="request">The request.</param>
    /// <returns>200 with the page, or 304.</returns>
    [Function(nameof(BookPage))]
    public static IResult BookPage(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "{ignored:maxlength(0)?}")] HttpRequest request) =>
        SiteResults.Page(request, "book.html");

    /// <summary>The page that lists the trips, and the one that shows a trip.</summary>
    /// <param name="request">The request.</param>
    /// <param name="id">The trip's id; null for the list.</param>
    /// <returns>200 with the page, or 304. Whether there is such a trip, the page finds out.</returns>
    [Function(nameof(TripsPage))]
    public static IResult TripsPage(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "trips/{id?}")] HttpRequest request, string? id) =>
        SiteResults.Page(request, string.IsNullOrEmpty(id) ? "trips.html" : "trip.html");

    /// <summary>The operators' page.</summary>
    /// <param name="request">The request.</param>
    /// <returns>200 with the page, or 304.</returns>
    [Function(nameof(OperatePage))]
    public static IResult OperatePage([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "operate")] HttpRequest request) =>
        SiteResults.Page(request, "operate.html");
}

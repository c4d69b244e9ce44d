using System.Globalization;
using System.Text.Json;
using BookingFunctions.Http.Deciding;
using BookingFunctions.Http.Starting;
using BookingFunctions.Simulation.Worlds;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Deciding;
using BookingFunctions.Trips.Reading;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Simulation.Workload;

/// <summary>The trip API of a process: the app's own HTTP functions, with no server around them.</summary>
internal sealed class TripApi(SimulatedProcess process)
{
    /// <summary>Starts a trip.</summary>
    /// <param name="order">The body.</param>
    /// <param name="key">The idempotency key; null for none.</param>
    /// <param name="wait">How many seconds to wait for the end; null for none.</param>
    /// <param name="cancellation">Fires when the caller goes away.</param>
    public async Task<TripAnswer> StartAsync(object order, string? key, int? wait, CancellationToken cancellation)
    {
        var request = Request(order);
        if (key is not null)
        {
            request.Headers[IdempotencyKey.Header] = key;
        }

        if (wait is { } seconds)
        {
            request.Headers["Prefer"] = string.Create(CultureInfo.InvariantCulture, $"wait={seconds}");
        }

        var result = await Function<StartTrip>().RunAsync(request, process.Client, cancellation);
        var location = request.HttpContext.Response.Headers.Location.ToString();
        return Answer(result) with { TripId = location.Length > 0 ? location[(location.LastIndexOf('/') + 1)..] : null };
    }

    /// <summary>Cancels a trip.</summary>
    public async Task<TripAnswer> CancelAsync(string id, string reason, CancellationToken cancellation) =>
        Answer(await Function<RequestCancellation>().RunAsync(Request(new { reason }), id, process.Client, cancellation));

    /// <summary>Decides about a leg that could not be undone.</summary>
    public async Task<TripAnswer> DecideAsync(string id, Leg leg, UndoAction action) => Answer(await Function<DecideUndo>().RunAsync(
        Request(new { action, note = "drawn" }), id, leg.ToString().ToLowerInvariant(), process.Client, CancellationToken.None));

    /// <summary>Reads all that is known of a trip.</summary>
    public Task<TripSources?> ReadAsync(string id) =>
        process.Services.GetRequiredService<TripReader>().ReadAsync(process.Client, id, CancellationToken.None);

    private static HttpRequest Request(object body)
    {
        var request = new DefaultHttpContext().Request;
        request.ContentType = "application/json";
        request.Body = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(body));
        return request;
    }

    private static TripAnswer Answer(IResult result) => new(
        (result as IStatusCodeHttpResult)?.StatusCode ?? StatusCodes.Status200OK, (result as IValueHttpResult)?.Value as TripView);

    private T Function<T>() => ActivatorUtilities.CreateInstance<T>(process.Services);
}

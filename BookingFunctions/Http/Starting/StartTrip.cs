using System.Globalization;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Reading;
using BookingFunctions.Trips.Starting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace BookingFunctions.Http.Starting;

/// <summary>Starts a trip.</summary>
/// <param name="orders">Reads what to book.</param>
/// <param name="starter">Starts it.</param>
/// <param name="sweeper">Does what earlier starts have left undone.</param>
/// <param name="wait">Waits for its decision.</param>
/// <param name="options">Whether the answer has the management links.</param>
public sealed class StartTrip(
    TripOrderReader orders, TripStarter starter, Sweeper sweeper, DecisionWait wait, IOptions<SagaOptions> options)
{
    private const int RetryAfterSeconds = 1;

    /// <summary>The function.</summary>
    /// <param name="request">The request, with the order as its body.</param>
    /// <param name="client">Starts the trip.</param>
    /// <param name="cancellation">Cancelled when the client disconnects or the host stops.</param>
    /// <returns>
    /// 202 with the addresses of the trip; 200 with the trip, if the client waited (<c>Prefer: wait=N</c>) and it is decided;
    /// otherwise a problem.
    /// </returns>
    [Function(nameof(StartTrip))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/trips")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        if (new QueryReader(request).Problem is { } wrong)
        {
            return wrong;
        }

        var (order, problem) = await orders.ReadAsync(request, cancellation);
        if (order is null)
        {
            return problem!;
        }

        var key = IdempotencyKey.Read(request.Headers[IdempotencyKey.Header], out var rule);
        if (rule is not null)
        {
            return Problems.InvalidHeader(IdempotencyKey.Header, rule);
        }

        sweeper.StartIfDue(client);
        var limit = PreferWait.Read(request.Headers["Prefer"]);
        using var early = limit is null ? null : wait.CreateEarly();
        if (await starter.StartAsync(client, order, key, early is null ? null : early.Begin, cancellation) is not { } entry)
        {
            return Problems.KeyTaken();
        }

        var id = entry.Id;
        var headers = request.HttpContext.Response.Headers;

        // Relative, as only the caller knows under which name it reaches the host.
        headers.Location = $"/api/trips/{id}";
        if (limit is { } seconds)
        {
            headers["Preference-Applied"] = string.Create(CultureInfo.InvariantCulture, $"wait={seconds}");
            if (await wait.RunAsync(client, entry, TimeSpan.FromSeconds(seconds), cancellation) is { } trip)
            {
                return Results.Json(trip, ApiJson.Options);
            }
        }

        headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return options.Value.ManagementLinks
            ? Results.Json(client.CreateHttpManagementPayload(id), ApiJson.Options, statusCode: StatusCodes.Status202Accepted)
            : Results.Json(new { id }, ApiJson.Options, statusCode: StatusCodes.Status202Accepted);
    }
}

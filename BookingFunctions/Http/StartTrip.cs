using System.Globalization;
using BookingFunctions.Saga;
using DurableTask.Core.Exceptions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace BookingFunctions.Http;

/// <summary>Starts a trip.</summary>
/// <param name="orders">Reads what to book.</param>
/// <param name="options">How legs are retried, which travels with the trip.</param>
/// <param name="clock">What a client's wait is measured by.</param>
public sealed class StartTrip(TripOrderReader orders, IOptions<SagaOptions> options, TimeProvider clock)
{
    private const int IdTries = 5;
    private const int RetryAfterSeconds = 1;

    // Whatever has the id keeps it: without these, a finished instance would be replaced.
    private static readonly OrchestrationRuntimeStatus[] Taken =
    [
        OrchestrationRuntimeStatus.Pending,
        OrchestrationRuntimeStatus.Running,
        OrchestrationRuntimeStatus.Suspended,
        OrchestrationRuntimeStatus.Completed,
        OrchestrationRuntimeStatus.Failed,
        OrchestrationRuntimeStatus.Terminated,
    ];

    /// <summary>The function.</summary>
    /// <param name="request">The request, with the order as its body.</param>
    /// <param name="client">Starts the trip.</param>
    /// <param name="cancellation">Fires when nobody waits for the answer any more.</param>
    /// <returns>
    /// 202 with where to look for the trip; 200 with the trip, if the client waited (<c>Prefer: wait=N</c>) and it is decided;
    /// otherwise a problem.
    /// </returns>
    [Function(nameof(StartTrip))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/trips")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var (order, problem) = await orders.ReadAsync(request, cancellation);
        if (order is null)
        {
            return problem!;
        }

        var id = await StartAsync(client, order, cancellation);
        var payload = client.CreateHttpManagementPayload(id);
        var headers = request.HttpContext.Response.Headers;
        headers.Location = new Uri(new Uri(payload.StatusQueryGetUri!), $"/api/trips/{id}").AbsoluteUri;
        if (PreferWait.Read(request.Headers["Prefer"]) is { } seconds)
        {
            headers["Preference-Applied"] = string.Create(CultureInfo.InvariantCulture, $"wait={seconds}");
            if (await WaitAsync(client, id, TimeSpan.FromSeconds(seconds), cancellation) is { } trip)
            {
                return Results.Json(trip, TripJson.Options);
            }
        }

        headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return Results.Json(payload, TripJson.Options, statusCode: StatusCodes.Status202Accepted);
    }

    private async Task<string> StartAsync(DurableTaskClient client, TripOrder order, CancellationToken cancellation)
    {
        var plan = new TripPlan(order.Trip, options.Value.Booking(order.Attempts), options.Value.Undo());
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var start = new StartOrchestrationOptions(TripId.Create(order.Trip.Name)).WithDedupeStatuses(Taken);
                return await client.ScheduleNewOrchestrationInstanceAsync(nameof(BookTrip), plan, start, cancellation);
            }
            catch (OrchestrationAlreadyExistsException) when (attempt < IdTries)
            {
                // Another trip has the id: the next one is as random.
            }
        }
    }

    private async Task<TripView?> WaitAsync(DurableTaskClient client, string id, TimeSpan limit, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(limit, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            var instance = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, both.Token);
            var trip = TripView.Of(instance);
            return trip.Status is TripState.Confirmed or TripState.Cancelled ? trip : null;
        }
        catch (OperationCanceledException)
        {
            // The time is up, or the host stops: the trip goes on by itself.
            return null;
        }
    }
}

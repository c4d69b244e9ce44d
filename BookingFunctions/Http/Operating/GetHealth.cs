using BookingFunctions.Storage;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Listing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BookingFunctions.Http.Operating;

/// <summary>Health check for load balancers: whether this host can take requests.</summary>
/// <param name="directory">Has to answer.</param>
/// <param name="reservations">Has to answer.</param>
/// <param name="lifetime">Knows whether the host stops.</param>
/// <param name="clock">What the limit is measured by.</param>
/// <param name="logger">Logs why a check has failed.</param>
public sealed partial class GetHealth(
    ITripDirectory directory,
    IReservationStore reservations,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<GetHealth> logger)
{
    /// <summary>How long a part may take to answer.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    // No trip has this id: a store that answers "not found" can be read.
    private const string NoTrip = "health-check";

    /// <summary>The function.</summary>
    /// <param name="request">The request.</param>
    /// <param name="client">Has to answer.</param>
    /// <param name="cancellation">Cancelled when the client disconnects or the host stops.</param>
    /// <returns>200, or 503 with the reason.</returns>
    [Function(nameof(GetHealth))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/health")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        if (new QueryReader(request).Problem is { } problem)
        {
            return problem;
        }

        request.HttpContext.Response.Headers.CacheControl = "no-store";
        var reason = lifetime.ApplicationStopping.IsCancellationRequested
            ? "The host is stopping."
            : await FirstAsync(
                CheckAsync("orchestrations", ct => client.GetInstanceAsync(NoTrip, ct), cancellation),
                CheckAsync("trips", ct => directory.FindAsync(NoTrip, ct), cancellation),
                CheckAsync("reservations", ct => reservations.FindAsync(NoTrip, Leg.Car, NoTrip, ct), cancellation));
        return reason is null ? Results.Json(new { status = "ready" }, ApiJson.Options) : Problems.NotReady(reason);
    }

    private static async Task<string?> FirstAsync(params Task<string?>[] checks) =>
        (await Task.WhenAll(checks)).FirstOrDefault(reason => reason is not null);

    private async Task<string?> CheckAsync(string store, Func<CancellationToken, Task> read, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(Limit, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            await read(both.Token).WaitAsync(both.Token);
            return null;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return $"The store of {store} does not answer in time.";
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(store, e);
            return $"The store of {store} can't be read; the host's log says why.";
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The store of {Store} can't be read.")]
    partial void LogFailed(string store, Exception exception);
}

using System.Text;
using System.Text.Json;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Reading;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BookingFunctions.Http.Reading;

/// <summary>Writes a trip's changes as server-sent events.</summary>
/// <param name="response">The response.</param>
/// <param name="clock">What waits are measured by.</param>
public sealed class TripEventWriter(HttpResponse response, TimeProvider clock)
{
    /// <summary>The media type.</summary>
    public const string ContentType = "text/event-stream";

    /// <summary>How soon a trip is read again after a change.</summary>
    public static readonly TimeSpan FirstInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>How long it takes at most until a trip that has not changed for a while is read again.</summary>
    public static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(1);

    /// <summary>After how long without an event a comment is sent, so that proxies keep the connection open.</summary>
    public static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(15);

    private long lastWrite = clock.GetTimestamp();

    /// <summary>Sends the trip as it is, then each change, until it is decided or gone.</summary>
    /// <param name="trip">The trip as it is.</param>
    /// <param name="read">Reads the trip; null once it is gone.</param>
    /// <param name="cancellation">Ends the stream.</param>
    /// <exception cref="OperationCanceledException">The client has left, or the host stops.</exception>
    public async Task RunAsync(TripView trip, Func<CancellationToken, Task<TripView?>> read, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(trip);
        ArgumentNullException.ThrowIfNull(read);
        await BeginAsync(cancellation);
        await SendAsync(trip, cancellation);
        var interval = FirstInterval;
        while (!trip.IsDecided)
        {
            await Task.Delay(interval, clock, cancellation);
            if (await read(cancellation) is not { } now)
            {
                return;
            }

            if (Content(now) != Content(trip))
            {
                await SendAsync(now, cancellation);
                (trip, interval) = (now, FirstInterval);
                continue;
            }

            interval = Shorter(interval * 1.5, LongestInterval);
            if (clock.GetElapsedTime(lastWrite) >= HeartbeatInterval)
            {
                await WriteAsync(": still the same\n\n", cancellation);
            }
        }
    }

    private async Task BeginAsync(CancellationToken cancellation)
    {
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";

        // Without this, some proxies buffer the response.
        response.Headers["X-Accel-Buffering"] = "no";
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await response.StartAsync(cancellation);
    }

    // The id lets a browser that reconnects after the end show that it has seen it.
    private Task SendAsync(TripView trip, CancellationToken cancellation) => WriteAsync(
        $"{(trip.IsDecided ? $"id: {trip.Status}\n" : "")}data: {JsonSerializer.Serialize(trip, ApiJson.Options)}\n\n", cancellation);

    private async Task WriteAsync(string text, CancellationToken cancellation)
    {
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation);
        await response.Body.FlushAsync(cancellation);
        lastWrite = clock.GetTimestamp();
    }

    // An orchestration is also updated when nothing about the trip has changed.
    private static string Content(TripView trip) => JsonSerializer.Serialize(trip with { LastUpdatedAt = default }, ApiJson.Options);

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}

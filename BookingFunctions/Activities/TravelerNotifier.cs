using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BookingFunctions.Saga;
using BookingFunctions.Storage;
using BookingFunctions.Trips;
using Microsoft.Extensions.Options;

namespace BookingFunctions.Activities;

/// <summary>Passes messages to travelers on: to the operator's service if there is one, and else to the outbox.</summary>
/// <param name="outbox">The outbox.</param>
/// <param name="options">Where the service is.</param>
/// <param name="http">Calls it.</param>
public sealed class TravelerNotifier(IOutbox outbox, IOptions<NotifyOptions> options, HttpClient http)
{
    private const string IdempotencyKeyHeader = "Idempotency-Key";

    /// <summary>Whether messages go to the operator's service, and not to the outbox, which is kept where the trips are.</summary>
    public bool IsRemote => options.Value.Url is not null;

    /// <summary>Passes a message on. It is safe to repeat: the message's id is the same.</summary>
    /// <param name="notice">The message.</param>
    /// <param name="cancellation">Ends the wait; the message may be taken all the same.</param>
    /// <exception cref="NotificationRefusedException">The service won't take it.</exception>
    /// <exception cref="NotificationFailedException">The service has not taken it, but may later.</exception>
    public async Task SendAsync(NotifyTravelerInput notice, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(notice);
        var letter = NotificationPayload.Of(notice);
        if (options.Value.Url is not { } url)
        {
            var body = JsonSerializer.Serialize(letter, ApiJson.Options);
            await outbox.AddAsync(new OutboxMessage(notice.Id, notice.TripId, body, notice.At), cancellation);
            return;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = JsonContent.Create(letter, options: ApiJson.Options) };
        request.Headers.Add(IdempotencyKeyHeader, notice.Id);
        notice.Trace?.AddTo(request);
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            throw new NotificationFailedException($"The notification service can't be reached: {e.Message}");
        }

        using (response)
        {
            Check(response.StatusCode);
        }
    }

    private static void Check(HttpStatusCode status)
    {
        if ((int)status is >= 200 and < 300)
        {
            return;
        }

        var answer = $"The notification service has answered {(int)status}.";
        throw status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status >= 500
            ? new NotificationFailedException(answer)
            : new NotificationRefusedException(answer);
    }
}

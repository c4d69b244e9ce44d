using System.Net;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text.Json;
using BookingFunctions.Storage;
using BookingFunctions.Trips;
using Microsoft.Extensions.Options;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace BookingFunctions.Travel.Suppliers;

/// <summary>
/// Suppliers that are reached over HTTP, by the contract in docs/providers.md. What they hold for a trip is written down
/// in the app's own reservation store too, so that it can be reconciled with the trips.
/// </summary>
/// <param name="clients">Makes the clients of <see cref="SupplierClients"/>.</param>
/// <param name="store">Where to write down what is held.</param>
/// <param name="options">Says how long a call may take.</param>
/// <param name="clock">What a date in <c>Retry-After</c> is compared with.</param>
public sealed class HttpTravelProvider(
    IHttpClientFactory clients, IReservationStore store, IOptions<ProviderOptions> options, TimeProvider clock) : ITravelProvider
{
    /// <inheritdoc/>
    /// <exception cref="ProviderTimeoutException">The supplier took too long; the outcome is unknown.</exception>
    public async Task<string> BookAsync(Booking booking, CancellationToken cancellation)
    {
        var order = new SupplierOrder(booking.Leg, booking.Item, booking.Trip.Name);
        using var request = Request(HttpMethod.Put, booking);
        request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(order));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(MediaTypeNames.Application.Json);
        using var response = await SendAsync(request, booking, undo: false, cancellation);
        var answer = await ReadAsync(response, cancellation);
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK or HttpStatusCode.Created when answer?.Confirms(booking.ReservationId) == true:
                return await WriteDownAsync(booking, answer.Confirmation!, cancellation);
            case HttpStatusCode.OK or HttpStatusCode.Created:
                throw new ProviderUnavailableException(
                    $"The {booking.Leg.ToName()}'s provider gave an answer that is no confirmation of this reservation; "
                    + "what it has booked is unknown.");
            case HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity:
                throw new ProviderRefusedException(
                    $"The {booking.Leg.ToName()}'s provider refused '{booking.Item}' ({(int)response.StatusCode}): "
                    + (answer?.Reason() ?? "it did not say why."));
            default:
                throw Unavailable(response, $"book the {booking.Leg.ToName()}");
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ProviderTimeoutException">The supplier took too long; the outcome is unknown.</exception>
    public async Task UndoAsync(Booking booking, CancellationToken cancellation)
    {
        using var request = Request(HttpMethod.Delete, booking);
        using var response = await SendAsync(request, booking, undo: true, cancellation);

        switch (response.StatusCode)
        {
            case HttpStatusCode.NoContent:
            case HttpStatusCode.OK when (await ReadAsync(response, cancellation))?.ReservationId == booking.ReservationId:
                break;
            case HttpStatusCode.OK:
                throw new ProviderUnavailableException(
                    $"The {booking.Leg.ToName()}'s provider gave an answer that is not about this reservation; "
                    + "whether it is undone is unknown.");
            default:
                // Not even a 404 will do: it may come from anything that listens there, and bars nothing.
                throw Unavailable(response, $"undo the {booking.Leg.ToName()}");
        }

        await store.UndoAsync(booking.ReservationId, booking.Leg, booking.Item, cancellation);
    }

    private async Task<string> WriteDownAsync(Booking booking, string confirmation, CancellationToken cancellation)
    {
        var reservation = await store.BookAsync(
            booking.ReservationId, booking.Leg, booking.Item, confirmation, int.MaxValue, cancellation);
        return reservation is { State: ReservationState.Booked, Confirmation: { } first }
            ? first
            : throw new ReservationUndoneException(booking.ReservationId);
    }

    private static HttpRequestMessage Request(HttpMethod method, Booking booking)
    {
        var request = new HttpRequestMessage(
            method, new Uri($"reservations/{Uri.EscapeDataString(booking.ReservationId)}", UriKind.Relative));
        booking.Trace?.AddTo(request);
        return request;
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, Booking booking, bool undo, CancellationToken cancellation)
    {
        var action = $"{(undo ? "undo" : "book")} the {booking.Leg.ToName()}";
        try
        {
            return await clients.CreateClient(SupplierClients.Name(booking.Leg, undo)).SendAsync(request, cancellation);
        }
        catch (TimeoutRejectedException e)
        {
            throw new ProviderTimeoutException(action, e.Timeout > TimeSpan.Zero ? e.Timeout : options.Value.Timeout);
        }
        catch (BrokenCircuitException)
        {
            throw new CircuitOpenException(
                $"The provider that was to {action} has failed too often lately, and is left alone for a while.",
                SupplierClients.BreakTime);
        }
        catch (HttpRequestException e)
        {
            throw new ProviderUnavailableException(
                $"The call that was to {action} failed ({e.HttpRequestError}); whether the provider did it is unknown.");
        }
    }

    private ProviderUnavailableException Unavailable(HttpResponseMessage response, string action) => new(
        $"The provider that was asked to {action} answered {(int)response.StatusCode}.",
        RetryAfterHeader.Read(response.Headers, clock.GetUtcNow()));

    private static async Task<SupplierAnswer?> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var type = response.Content.Headers.ContentType?.MediaType;
        if (type is not ("application/json" or "application/problem+json"))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<SupplierAnswer>(await response.Content.ReadAsByteArrayAsync(cancellation));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

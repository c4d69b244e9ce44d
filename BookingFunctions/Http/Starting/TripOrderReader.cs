using System.Text.Json;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Starting;
using FluentValidation;
using Microsoft.AspNetCore.Http;

namespace BookingFunctions.Http.Starting;

/// <summary>Reads the order of a trip from a request's body, and refuses whatever isn't one.</summary>
/// <param name="validator">The rules for its fields.</param>
public sealed class TripOrderReader(IValidator<TripBody> validator)
{
    /// <summary>The largest body, in bytes.</summary>
    public const int MaxBytes = JsonBody.MaxBytes;

    /// <summary>Reads the order.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellation">Ends the wait for the body.</param>
    /// <returns>The order, or what to answer if there is none: one of both is null.</returns>
    public async Task<(TripOrder? Order, IResult? Problem)> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        var (body, problem) = await JsonBody.ReadAsync(request, validator, cancellation);
        return (body is null ? null : ToOrder(body), problem);
    }

    private static TripOrder ToOrder(TripBody body) => new(
        new TripRequest(body.Name.GetString()!, body.Car.GetString()!, body.Hotel.GetString()!, body.Flight.GetString()!),
        (int?)TripBodyValidator.ReadWholeNumber(body.Attempts),
        body.Parallel.ValueKind == JsonValueKind.True,
        (int?)TripBodyValidator.ReadWholeNumber(body.DeadlineSeconds));
}

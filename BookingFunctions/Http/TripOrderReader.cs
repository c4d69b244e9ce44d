using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using BookingFunctions.Travel;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace BookingFunctions.Http;

/// <summary>Reads the order of a trip from a request's body, and refuses whatever isn't one.</summary>
/// <param name="validator">The rules for its fields.</param>
public sealed class TripOrderReader(IValidator<TripBody> validator)
{
    /// <summary>The largest body, in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    private static readonly JsonSerializerOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Reads the order.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellation">Ends the wait for the body.</param>
    /// <returns>The order, or what to answer if there is none: one of both is null.</returns>
    public async Task<(TripOrder? Order, IResult? Problem)> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!IsJson(request.ContentType))
        {
            return (null, Problems.NotJson(request.ContentType));
        }

        if (request.ContentLength > MaxBytes)
        {
            return (null, Problems.TooLarge(MaxBytes));
        }

        // One byte more than is allowed tells a body that is too large: a chunked one doesn't say its length before.
        var buffer = ArrayPool<byte>.Shared.Rent((int)(request.ContentLength ?? MaxBytes) + 1);
        try
        {
            var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
            return length > MaxBytes ? (null, Problems.TooLarge(MaxBytes)) : Parse(buffer.AsSpan(0, length));
        }
        catch (BadHttpRequestException e)
        {
            return (null, Problems.Unreadable(e));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private (TripOrder? Order, IResult? Problem) Parse(ReadOnlySpan<byte> json)
    {
        if (json.StartsWith(Encoding.UTF8.Preamble))
        {
            json = json[Encoding.UTF8.Preamble.Length..];
        }

        if (!Utf8.IsValid(json))
        {
            return (null, Problems.Malformed("The body has to be JSON in UTF-8: it is not UTF-8."));
        }

        TripBody? body;
        try
        {
            body = JsonSerializer.Deserialize<TripBody>(json, Strict);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a name with half a surrogate pair, written as an escape.
            return (null, Problems.Malformed($"The body has to be a JSON object: {e.Message}"));
        }

        if (body is null)
        {
            return (null, Problems.Malformed("The body has to be a JSON object: it is null."));
        }

        var result = validator.Validate(body);
        return result.IsValid ? (ToOrder(body), null) : (null, Problems.Invalid(result.ToDictionary()));
    }

    private static TripOrder ToOrder(TripBody body) => new(
        new TripRequest(body.Name.GetString()!, body.Car.GetString()!, body.Hotel.GetString()!, body.Flight.GetString()!),
        (int?)TripBodyValidator.ReadWholeNumber(body.Attempts));

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
        && (!type.Charset.HasValue || type.Charset.Value.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}

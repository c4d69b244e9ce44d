using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace BookingFunctions.Http;

/// <summary>Reads a request's body, and refuses whatever isn't what it should be.</summary>
public static class JsonBody
{
    /// <summary>The largest body, in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    private static readonly JsonDocumentOptions Unique = new() { AllowDuplicateProperties = false };
    private static readonly JsonSerializerOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Reads the body.</summary>
    /// <typeparam name="T">What it should be: an object, with each field as it came.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="validator">The rules for its fields.</param>
    /// <param name="cancellation">Ends the wait for the body.</param>
    /// <returns>The body, or what to answer if there is none: one of both is null.</returns>
    public static async Task<(T? Body, IResult? Problem)> ReadAsync<T>(
        HttpRequest request, IValidator<T> validator, CancellationToken cancellation)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(validator);
        if (!IsJson(request.ContentType))
        {
            return (null, Problems.NotJson(request.ContentType));
        }

        if (request.Headers.ContentEncoding.ToString() is { Length: > 0 } encoding
            && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            request.HttpContext.Response.Headers.AcceptEncoding = "identity";
            return (null, Problems.Encoded(encoding));
        }

        if (request.ContentLength > MaxBytes)
        {
            return (null, Problems.TooLarge(MaxBytes));
        }

        // One byte more than is allowed: a chunked body doesn't announce its length.
        var buffer = ArrayPool<byte>.Shared.Rent((int)(request.ContentLength ?? MaxBytes) + 1);
        try
        {
            var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
            return length > MaxBytes ? (null, Problems.TooLarge(MaxBytes)) : Parse(buffer.AsSpan(0, length), validator);
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

    private static (T? Body, IResult? Problem) Parse<T>(ReadOnlySpan<byte> json, IValidator<T> validator)
        where T : class
    {
        if (json.StartsWith(Encoding.UTF8.Preamble))
        {
            json = json[Encoding.UTF8.Preamble.Length..];
        }

        if (!Utf8.IsValid(json))
        {
            return (null, Problems.Malformed("The body has to be JSON in UTF-8: it is not UTF-8."));
        }

        T? body;
        try
        {
            body = JsonSerializer.Deserialize<T>(json, Strict);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a name with half a surrogate pair, written as an escape.
            return (null, Problems.Malformed($"The body has to be a JSON object: {Explain(json)}"));
        }

        if (body is null)
        {
            return (null, Problems.Malformed("The body has to be a JSON object: it is null."));
        }

        var result = validator.Validate(body);
        return result.IsValid ? (body, null) : (null, Problems.Invalid(result.ToDictionary()));
    }

    // The parser says what is wrong in words of JSON, the serializer in names of types.
    private static string Explain(ReadOnlySpan<byte> json)
    {
        try
        {
            if (JsonElement.Parse(json, Unique).ValueKind is var kind and not JsonValueKind.Object)
            {
                return $"it is {TextRule.Describe(kind)}.";
            }
        }
        catch (JsonException e)
        {
            return e.Message;
        }
        catch (InvalidOperationException)
        {
            // As below: where names are compared, this is found sooner.
        }

        return "a name in it has half a surrogate pair, which is no character.";
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
        && (!type.Charset.HasValue || type.Charset.Value.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}

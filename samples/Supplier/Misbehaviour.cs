using System.Text.Json.Serialization;

namespace Supplier;

/// <summary>A command to misbehave: the body of <c>POST /misbehaviours</c>.</summary>
/// <param name="Kind">How.</param>
/// <param name="Method">In which calls: <c>PUT</c> or <c>DELETE</c>.</param>
/// <param name="Reservation">In calls for which reservations: those whose id begins so; null for all.</param>
/// <param name="Times">In how many of these calls.</param>
/// <param name="AfterWork">
/// Whether it does the work first; if not, it does none, but for <see cref="Kind.Slow"/>, which does it late.
/// </param>
/// <param name="Status">The status code of <see cref="Kind.Status"/>.</param>
/// <param name="RetryAfter">What <see cref="Kind.Status"/> sends as <c>Retry-After</c>; null for nothing.</param>
/// <param name="Milliseconds">How long <see cref="Kind.Slow"/> takes.</param>
public sealed record Misbehaviour(
    [property: JsonPropertyName("kind")] Kind Kind,
    [property: JsonPropertyName("method")] string Method = "PUT",
    [property: JsonPropertyName("reservation")] string? Reservation = null,
    [property: JsonPropertyName("times")] int Times = 1,
    [property: JsonPropertyName("afterWork")] bool AfterWork = false,
    [property: JsonPropertyName("status")] int Status = 500,
    [property: JsonPropertyName("retryAfter")] string? RetryAfter = null,
    [property: JsonPropertyName("milliseconds")] int Milliseconds = 30_000);

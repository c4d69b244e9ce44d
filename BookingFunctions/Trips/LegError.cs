using System.Text.Json.Serialization;
using Microsoft.DurableTask;

namespace BookingFunctions.Trips;

/// <summary>A failure. A leg's is short enough for a custom status: what was cut says so.</summary>
/// <param name="Type">The exception's full type name.</param>
/// <param name="Message">Its message.</param>
/// <param name="StackTrace">Where it was thrown, or null if that isn't known.</param>
public sealed record LegError(
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("message")] string Message,
    [property: JsonPropertyName("stackTrace")] string? StackTrace)
{
    private const int TypeBytes = 200;
    private const int MessageBytes = 500;
    private const int StackTraceBytes = 700;

    /// <summary>Type and message in a line.</summary>
    [JsonIgnore]
    public string Summary => $"{Type}: {Message}";

    /// <summary>Describes a failure.</summary>
    /// <param name="failure">The failure, as Durable Functions reports it.</param>
    public static LegError From(TaskFailureDetails failure) => new(
        StatusText.Cut(failure.ErrorType, TypeBytes),
        StatusText.Cut(failure.ErrorMessage, MessageBytes),
        failure.StackTrace is { } trace ? StatusText.Cut(trace, StackTraceBytes) : null);
}

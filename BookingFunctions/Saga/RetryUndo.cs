using System.Text.Json;
using BookingFunctions.Travel;

namespace BookingFunctions.Saga;

/// <summary>The event by which an operator has the undo of a leg tried again, such as <c>{"leg":"hotel"}</c>.</summary>
public static class RetryUndo
{
    /// <summary>The event's name.</summary>
    public const string EventName = nameof(RetryUndo);

    /// <summary>Whether an event is about a leg. One that names none is about all of them.</summary>
    /// <param name="payload">The event's payload: anything, since whoever knows the trip's id can raise it.</param>
    /// <param name="leg">The leg.</param>
    public static bool Concerns(JsonElement? payload, Leg leg) =>
        payload is not { ValueKind: JsonValueKind.Object } request
        || !request.TryGetProperty("leg", out var name)
        || (name.ValueKind == JsonValueKind.String && name.ValueEquals(leg.ToString().ToLowerInvariant()));
}

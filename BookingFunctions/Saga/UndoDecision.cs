using System.Text.Json.Serialization;
using BookingFunctions.Travel;

namespace BookingFunctions.Saga;

/// <summary>An operator's decision about legs that could not be undone, raised as an event to the trip that waits for it.</summary>
/// <param name="Leg">Which leg; null for each that waits.</param>
/// <param name="Action">What to do.</param>
/// <param name="By">Who has decided.</param>
/// <param name="Note">Why, in the operator's words; or null.</param>
/// <param name="At">When.</param>
public sealed record UndoDecision(
    [property: JsonPropertyName("leg")] Leg? Leg,
    [property: JsonPropertyName("action")] UndoAction Action,
    [property: JsonPropertyName("by")] string By,
    [property: JsonPropertyName("note")] string? Note,
    [property: JsonPropertyName("at")] DateTimeOffset At)
{
    /// <summary>The event's name.</summary>
    public const string EventName = nameof(UndoDecision);
}

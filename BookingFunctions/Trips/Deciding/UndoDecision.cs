using System.Text.Json;
using System.Text.Json.Serialization;

namespace BookingFunctions.Trips.Deciding;

/// <summary>An operator's decision about a leg that could not be undone, raised as an event to the trip that waits for it.</summary>
/// <param name="Leg">Which leg.</param>
/// <param name="Failure">Which failure of its undo: <see cref="LegStatus.UndoFailure"/>. About another one, it decides nothing.</param>
/// <param name="Action">What to do.</param>
/// <param name="By">Who has decided.</param>
/// <param name="Note">Why, in the operator's words; or null.</param>
/// <param name="At">When.</param>
public sealed record UndoDecision(
    [property: JsonPropertyName("leg")] Leg Leg,
    [property: JsonPropertyName("failure")] long Failure,
    [property: JsonPropertyName("action")] UndoAction Action,
    [property: JsonPropertyName("by")] string By,
    [property: JsonPropertyName("note")] string? Note,
    [property: JsonPropertyName("at")] DateTimeOffset At)
{
    /// <summary>The event's name.</summary>
    public const string EventName = nameof(UndoDecision);

    /// <summary>Reads the event's payload: any client of the management API can raise it, with any payload.</summary>
    /// <param name="payload">The payload.</param>
    /// <returns>The decision; null if it is none.</returns>
    public static UndoDecision? Read(JsonElement? payload)
    {
        try
        {
            return payload?.Deserialize<UndoDecision>();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

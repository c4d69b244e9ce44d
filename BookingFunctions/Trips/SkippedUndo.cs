using System.Text.Json.Serialization;
using BookingFunctions.Trips.Deciding;

namespace BookingFunctions.Trips;

/// <summary>Says that an operator has accepted what a leg still holds.</summary>
/// <param name="By">Who.</param>
/// <param name="Note">Why; or null.</param>
/// <param name="At">When.</param>
public sealed record SkippedUndo(
    [property: JsonPropertyName("by")] string By,
    [property: JsonPropertyName("note")] string? Note,
    [property: JsonPropertyName("at")] DateTimeOffset At)
{
    private const int ByBytes = 100;
    private const int NoteBytes = 400;

    /// <summary>Keeps a decision, short enough for a custom status.</summary>
    /// <param name="decision">The decision.</param>
    public static SkippedUndo Of(UndoDecision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return new SkippedUndo(
            StatusText.Cut(decision.By ?? "", ByBytes), decision.Note is { } note ? StatusText.Cut(note, NoteBytes) : null, decision.At);
    }
}

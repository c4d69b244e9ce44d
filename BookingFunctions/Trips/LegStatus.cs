using System.Text.Json.Serialization;

namespace BookingFunctions.Trips;

/// <summary>What a trip reports of one of its legs.</summary>
/// <param name="Leg">Which leg.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Attempt">How many tries to book it were begun, without those that a circuit breaker refused: 0 while it is pending.</param>
/// <param name="Confirmation">The confirmation number once it was booked; it stays when it is undone.</param>
/// <param name="Error">The last failure, or null if there was none.</param>
/// <param name="Skipped">Which operator has accepted that its undo has failed; null if none has.</param>
/// <param name="RetryAt">When the next try to book or undo it begins, after one that failed; null if there is none.</param>
/// <param name="UndoFailure">
/// The last time that its undo was given up, as a number that no other such failure of the trip's has; null if it never was.
/// </param>
public sealed record LegStatus(
    [property: JsonPropertyName("leg")] Leg Leg,
    [property: JsonPropertyName("state")] LegState State = LegState.Pending,
    [property: JsonPropertyName("attempt")] int Attempt = 0,
    [property: JsonPropertyName("confirmation"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Confirmation = null,
    [property: JsonPropertyName("error"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] LegError? Error = null,
    [property: JsonPropertyName("skipped"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SkippedUndo? Skipped = null,
    [property: JsonPropertyName("retryAt"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? RetryAt = null,
    [property: JsonPropertyName("undoFailure"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? UndoFailure = null)
{
    /// <summary>Whether its undo was given up, and no operator has accepted that.</summary>
    [JsonIgnore]
    public bool NeedsOperator => this is { State: LegState.UndoFailed, Skipped: null };
}

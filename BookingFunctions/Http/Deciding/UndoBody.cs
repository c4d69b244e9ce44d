using System.Text.Json;
using System.Text.Json.Serialization;
using BookingFunctions.Trips.Deciding;

namespace BookingFunctions.Http.Deciding;

/// <summary>The body of an operator's decision about a leg that could not be undone, before it is checked.</summary>
public sealed record UndoBody
{
    /// <summary>What to do: <c>retry</c> or <c>skip</c>.</summary>
    [JsonPropertyName("action")]
    public JsonElement Action { get; init; }

    /// <summary>Why; undefined or null for no note.</summary>
    [JsonPropertyName("note")]
    public JsonElement Note { get; init; }

    /// <summary>The fields that no request has.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }

    /// <summary>What to do; null if it is neither of both.</summary>
    public UndoAction? ReadAction() => TextRule.Read(Action) switch
    {
        "retry" => UndoAction.Retry,
        "skip" => UndoAction.Skip,
        _ => null,
    };
}

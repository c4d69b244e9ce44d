using System.Text.Json.Serialization;

namespace BookingFunctions.Trips.Deciding;

/// <summary>What an operator can do about a leg that could not be undone.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UndoAction>))]
public enum UndoAction
{
    /// <summary>Try again.</summary>
    [JsonStringEnumMemberName("retry")]
    Retry,

    /// <summary>Leave it as it is: what is held is accepted.</summary>
    [JsonStringEnumMemberName("skip")]
    Skip,
}

using System.Text.Json.Serialization;

namespace BookingFunctions.Http.History;

/// <summary>How a run of an activity ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HistoryOutcome>))]
public enum HistoryOutcome
{
    /// <summary>It did what it should.</summary>
    Completed,

    /// <summary>It failed; whether it is tried again, the next attempt shows.</summary>
    Failed,
}

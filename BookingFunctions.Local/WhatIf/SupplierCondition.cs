using System.Text.Json.Serialization;

namespace BookingFunctions.Local.WhatIf;

/// <summary>How a leg's supplier is doing, as whoever develops the app wants it to.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SupplierCondition>))]
public enum SupplierCondition
{
    /// <summary>As always.</summary>
    [JsonStringEnumMemberName("well")]
    Well,

    /// <summary>Each call fails; whoever tries again later may be lucky.</summary>
    [JsonStringEnumMemberName("unavailable")]
    Unavailable,

    /// <summary>Each call takes longer.</summary>
    [JsonStringEnumMemberName("slow")]
    Slow,

    /// <summary>What isn't booked yet is refused, for good; what is can be undone.</summary>
    [JsonStringEnumMemberName("soldOut")]
    SoldOut,

    /// <summary>Each call is carried out, but its answer gets lost, so that nobody knows.</summary>
    [JsonStringEnumMemberName("losesAnswers")]
    LosesAnswers,

    /// <summary>It books as always, and fails to undo.</summary>
    [JsonStringEnumMemberName("undoFails")]
    UndoFails,
}

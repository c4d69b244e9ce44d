using System.Text.Json.Serialization;

namespace BookingFunctions.Local.WhatIf;

/// <summary>The condition of a leg's supplier, which developers choose.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SupplierCondition>))]
public enum SupplierCondition
{
    /// <summary>Nothing is wrong.</summary>
    [JsonStringEnumMemberName("healthy")]
    Healthy,

    /// <summary>Each call fails; a retry may succeed once the condition is changed.</summary>
    [JsonStringEnumMemberName("unavailable")]
    Unavailable,

    /// <summary>Each call takes longer.</summary>
    [JsonStringEnumMemberName("slow")]
    Slow,

    /// <summary>New bookings are refused, for good; what is booked can be undone.</summary>
    [JsonStringEnumMemberName("soldOut")]
    SoldOut,

    /// <summary>Each call is carried out, but its answer is lost: the outcome is unknown to the caller.</summary>
    [JsonStringEnumMemberName("losesAnswers")]
    LosesAnswers,

    /// <summary>Bookings succeed, and undos fail.</summary>
    [JsonStringEnumMemberName("undoFails")]
    UndoFails,
}

using System.Text.Json.Serialization;

namespace BookingFunctions.Trips;

/// <summary>How far a leg has come.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LegState>))]
public enum LegState
{
    /// <summary>Not tried yet.</summary>
    Pending,

    /// <summary>Being booked, for the first time.</summary>
    Booking,

    /// <summary>It failed at least once and is tried again, now or soon.</summary>
    Retrying,

    /// <summary>Booked.</summary>
    Booked,

    /// <summary>Refused, or given up after the last attempt. It stays so when its undo has run too.</summary>
    Failed,

    /// <summary>Its booking is being undone.</summary>
    Undoing,

    /// <summary>Its booking was undone.</summary>
    Undone,

    /// <summary>Its undo was given up: the reservation may still be held.</summary>
    UndoFailed,
}

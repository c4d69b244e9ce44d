using BookingFunctions.Travel;

namespace BookingFunctions.Storage;

/// <summary>What each operation of a reservation store makes of a reservation, for a store that reads, changes and writes.</summary>
public static class ReservationChanges
{
    /// <summary>Counts a try.</summary>
    /// <param name="before">The reservation so far, or null.</param>
    /// <param name="id">Its id.</param>
    /// <param name="leg">Its leg.</param>
    /// <param name="item">What is to be booked.</param>
    public static Reservation CountAttempt(Reservation? before, string id, Leg leg, string item) => before is null
        ? new Reservation(id, leg, item, ReservationState.Attempted, 1, null)
        : before with { Attempts = before.Attempts + 1 };

    /// <summary>Books, unless it is booked or undone already.</summary>
    /// <param name="before">The reservation so far, or null.</param>
    /// <param name="id">Its id.</param>
    /// <param name="leg">Its leg.</param>
    /// <param name="item">What to book.</param>
    /// <param name="confirmation">The confirmation number if this books.</param>
    public static Reservation Book(Reservation? before, string id, Leg leg, string item, string confirmation) => before switch
    {
        null => new Reservation(id, leg, item, ReservationState.Booked, 0, confirmation),
        { State: ReservationState.Attempted } => before with { Item = item, State = ReservationState.Booked, Confirmation = confirmation },
        _ => before,
    };

    /// <summary>Undoes, and bars the id for good.</summary>
    /// <param name="before">The reservation so far, or null.</param>
    /// <param name="id">Its id.</param>
    /// <param name="leg">Its leg.</param>
    public static Reservation Undo(Reservation? before, string id, Leg leg) => before switch
    {
        null => new Reservation(id, leg, "", ReservationState.Undone, 0, null),
        { State: ReservationState.Attempted } => before with { Item = "", State = ReservationState.Undone },
        _ => before with { State = ReservationState.Undone },
    };
}

using BookingFunctions.Trips;

namespace BookingFunctions.Storage;

/// <summary>What each operation of a reservation store makes of a reservation, for a store that reads, changes and writes.</summary>
public static class ReservationChanges
{
    /// <summary>What stands for an item when items are compared and counted.</summary>
    /// <param name="item">The item, as the traveler wrote it.</param>
    public static string ItemKey(string item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.Trim().ToUpperInvariant();
    }

    /// <summary>Counts a try.</summary>
    /// <param name="before">The reservation so far, or null.</param>
    /// <param name="id">Its id.</param>
    /// <param name="leg">Its leg.</param>
    /// <param name="item">What is to be booked.</param>
    public static Reservation CountAttempt(Reservation? before, string id, Leg leg, string item) => before is null
        ? new Reservation(id, leg, item, ReservationState.Attempted, 1, null)
        : before with { Attempts = before.Attempts + 1 };

    /// <summary>Books, unless it is booked or undone already, or all are taken.</summary>
    /// <param name="before">The reservation so far, or null.</param>
    /// <param name="id">Its id.</param>
    /// <param name="leg">Its leg.</param>
    /// <param name="item">What to book.</param>
    /// <param name="confirmation">The confirmation number if this books.</param>
    /// <param name="isFree">Whether there is one left to take.</param>
    /// <returns>The reservation as it is then, or null if it can't be had.</returns>
    public static Reservation? Book(
        Reservation? before, string id, Leg leg, string item, string confirmation, bool isFree) => before switch
        {
            { State: ReservationState.Booked or ReservationState.Undone } => before,
            _ when !isFree => null,
            null => new Reservation(id, leg, item, ReservationState.Booked, 0, confirmation),
            _ => before with { Item = item, State = ReservationState.Booked, Confirmation = confirmation },
        };

    /// <summary>Undoes, and bars the id for good.</summary>
    /// <param name="before">The reservation so far, or null.</param>
    /// <param name="id">Its id.</param>
    /// <param name="leg">Its leg.</param>
    /// <param name="item">What was, or would have been, booked.</param>
    public static Reservation Undo(Reservation? before, string id, Leg leg, string item) => before is null
        ? new Reservation(id, leg, item, ReservationState.Undone, 0, null)
        : before with { State = ReservationState.Undone };

    /// <summary>By how many a change raises the number of those that are booked: 1, 0 or -1.</summary>
    /// <param name="before">The reservation before it, or null.</param>
    /// <param name="after">The reservation after it.</param>
    public static int Taken(Reservation? before, Reservation after)
    {
        ArgumentNullException.ThrowIfNull(after);
        return Held(after) - Held(before);
    }

    private static int Held(Reservation? reservation) => reservation is { State: ReservationState.Booked } ? 1 : 0;
}

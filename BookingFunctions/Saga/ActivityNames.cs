using BookingFunctions.Travel;

namespace BookingFunctions.Saga;

/// <summary>The names of the activities that the saga calls.</summary>
public static class ActivityNames
{
    /// <summary>Books a car. Gets a <see cref="Booking"/>, and returns the confirmation number.</summary>
    public const string BookCar = nameof(BookCar);

    /// <summary>Books a hotel.</summary>
    public const string BookHotel = nameof(BookHotel);

    /// <summary>Books a flight.</summary>
    public const string BookFlight = nameof(BookFlight);

    /// <summary>Undoes the booking of a car, and bars a late one. Gets a <see cref="Booking"/>.</summary>
    public const string UndoBookCar = nameof(UndoBookCar);

    /// <summary>Undoes the booking of a hotel.</summary>
    public const string UndoBookHotel = nameof(UndoBookHotel);

    /// <summary>Undoes the booking of a flight.</summary>
    public const string UndoBookFlight = nameof(UndoBookFlight);

    /// <summary>Writes a trip's decision to the directory, and notifies the traveler. Gets a <see cref="NotifyTravelerInput"/>.</summary>
    public const string NotifyTraveler = nameof(NotifyTraveler);

    /// <summary>Writes the status of a trip that isn't decided to the directory. Gets a <see cref="RecordTripInput"/>.</summary>
    public const string RecordTrip = nameof(RecordTrip);

    /// <summary>Reads a trip. Gets its id, and returns a <see cref="ReadTripOutput"/>.</summary>
    public const string ReadTrip = nameof(ReadTrip);
}

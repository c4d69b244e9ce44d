namespace BookingFunctions.Travel;

/// <summary>A provider's final no: trying again would not help, so the trip is rolled back at once.</summary>
public abstract class BookingRefusedException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why the booking was refused.</param>
    protected BookingRefusedException(string message)
        : base(message)
    {
    }
}

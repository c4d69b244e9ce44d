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

    /// <summary>None: this is an answer and no fault, and would be most of what a rolled-back trip stores.</summary>
    public override string? StackTrace => null;
}

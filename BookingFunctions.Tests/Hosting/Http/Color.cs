namespace BookingFunctions.Tests.Hosting.Http;

public enum Color
{
    Red,
    Green,
}

namespace BookingFunctions.Tests.LocalFunctionsHost.Http;

public enum Color
{
    Red,
    Green,
}

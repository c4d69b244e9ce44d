namespace BookingFunctions.Tests.LocalFunctionsHost.Http;

public sealed record Parcel(string To, int Weight);

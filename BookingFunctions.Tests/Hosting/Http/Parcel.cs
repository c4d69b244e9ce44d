namespace BookingFunctions.Tests.Hosting.Http;

public sealed record Parcel(string To, int Weight);

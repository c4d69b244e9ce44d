namespace BookingFunctions.Tests.Hosting.Management;

public sealed record Order(string Id, int Amount);

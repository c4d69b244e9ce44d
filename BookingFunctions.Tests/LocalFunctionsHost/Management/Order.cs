namespace BookingFunctions.Tests.LocalFunctionsHost.Management;

public sealed record Order(string Id, int Amount);

namespace BookingFunctions.Tests.LocalFunctionsHost.Management;

/// <summary>A status that an instance has to have.</summary>
public sealed record ExchangeCondition(string Id, string Status);

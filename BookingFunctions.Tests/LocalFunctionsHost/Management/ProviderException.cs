namespace BookingFunctions.Tests.LocalFunctionsHost.Management;

public sealed class ProviderException(string message, Exception? inner = null) : Exception(message, inner);

using System.Text.Json.Nodes;

namespace BookingFunctions.Tests.LocalFunctionsHost.Management;

/// <summary>An instance to start.</summary>
public sealed record ExchangeStart(string Name, string Id, JsonNode? Input = null);

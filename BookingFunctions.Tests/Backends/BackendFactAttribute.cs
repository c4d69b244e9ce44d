using Xunit.Sdk;

namespace BookingFunctions.Tests.Backends;

/// <summary>A test of a contract, skipped with the reason where the backend of its class can't run here.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer($"BookingFunctions.Tests.Backends.{nameof(BackendFactDiscoverer)}", "BookingFunctions.Tests")]
public sealed class BackendFactAttribute : FactAttribute;

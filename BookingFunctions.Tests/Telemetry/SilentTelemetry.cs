using System.Diagnostics.Metrics;
using BookingFunctions.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace BookingFunctions.Tests.Telemetry;

/// <summary>Telemetry that nobody listens to.</summary>
internal static class SilentTelemetry
{
    public static TripTelemetry Instance { get; } = new(new Meter("silent"), NullLogger<TripTelemetry>.Instance);
}

using System.Diagnostics.Metrics;
using BookingFunctions.Trips;
using Microsoft.Extensions.Logging.Abstractions;

namespace BookingFunctions.Tests.Telemetry;

/// <summary>Telemetry without a listener.</summary>
internal static class SilentTelemetry
{
    public static Meter Meter { get; } = new("silent");

    public static TripTelemetry Instance { get; } = new(Meter, NullLogger<TripTelemetry>.Instance);
}

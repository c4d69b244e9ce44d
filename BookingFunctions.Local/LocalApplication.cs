using BookingFunctions.Local.Backends;
using BookingFunctions.Local.WhatIf;
using BookingFunctions.Saga;
using BookingFunctions.Trips;
using LocalFunctionsHost;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Local;

/// <summary>The app on the local host.</summary>
internal static class LocalApplication
{
    /// <summary>Makes the builder of the host.</summary>
    /// <param name="args">The command line.</param>
    public static LocalFunctionsHostBuilder CreateBuilder(string[] args)
    {
        var builder = LocalFunctionsApplication.CreateBuilder(
            args, BackendExtensions.Options, typeof(BookTrip).Assembly, typeof(WhatIfFunctions).Assembly);
        builder.Services.AddBookingFunctions(builder.Configuration);
        builder.UseBackend();
        builder.Services.AddWhatIf(builder.Environment);
        builder.Services.AddLocalTelemetry(builder.Configuration);
        builder.Services.AddHostedService<StartSweep>();
        builder.InstanceNameInLogs = TripId.InLogs;
        builder.TryIt =
            """open {url} in a browser, or: curl {url}/api/trips -H 'Content-Type: application/json' -H 'Prefer: wait=10' """
            + """-d '{"name":"Alice Jones","car":"Ford 150","hotel":"Hilton 123","flight":"Alaska Airlines 123"}'""";
        return builder;
    }
}

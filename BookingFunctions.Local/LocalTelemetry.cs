using BookingFunctions.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace BookingFunctions.Local;

/// <summary>The local host's telemetry: by OTLP, if a setting says where to; otherwise nothing is collected.</summary>
internal static class LocalTelemetry
{
    private const string FrameworkSource = "DurableTask.Core";
    private const string SqliteMeter = "DurableTask.Sqlite";
    private const string ServiceNameSetting = "OTEL_SERVICE_NAME";
    private const string ServiceName = "trips";

    // Load balancers ask for it all the time.
    private const string HealthPath = "/api/health";

    /// <summary>Registers it.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="configuration">Has the settings.</param>
    public static void AddLocalTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        if (TelemetryExtensions.HasOtlpEndpoint(configuration))
        {
            Collect(services, configuration);
        }
    }

    // A method of its own: its libraries are loaded only when it is called.
    internal static void Collect(IServiceCollection services, IConfiguration configuration) =>
        services.AddTripOpenTelemetry(configuration)
            .ConfigureResource(resource =>
            {
                if (string.IsNullOrEmpty(configuration[ServiceNameSetting]))
                {
                    resource.AddService(ServiceName);
                }
            })
            .WithTracing(traces => traces
                .AddSource(FrameworkSource)
                .AddAspNetCoreInstrumentation(options => options.Filter = http => !http.Request.Path.StartsWithSegments(HealthPath)))
            .WithMetrics(metrics => metrics.AddMeter(SqliteMeter).AddAspNetCoreInstrumentation().AddRuntimeInstrumentation());
}

using System.Diagnostics.Metrics;
using BookingFunctions.Trips;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace BookingFunctions.Telemetry;

/// <summary>Registers the app's telemetry.</summary>
public static class TelemetryExtensions
{
    private static readonly string[] EndpointSettings =
    [
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
        "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",
        "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT",
    ];

    // Below a warning, their lines have the addresses of requests and whole instance ids.
    private static readonly string[] Frameworks = ["Azure", "DurableTask.AzureStorage", "Grpc", "Microsoft", "Polly", "System"];

    /// <summary>Registers the metrics of trips.</summary>
    /// <param name="services">Where to.</param>
    public static IServiceCollection AddTripTelemetry(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSingleton(provider => provider.GetRequiredService<IMeterFactory>().Create(TripTelemetry.Name));
        services.AddSingleton<TripTelemetry>();
        services.AddHostedService<AttentionGauge>();
        return services;
    }

    /// <summary>
    /// Collects traces, metrics and logs of the app and of its calls over HTTP, without keys, names and whole instance ids, and sends
    /// them to where the settings <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> and its like say, if they do.
    /// </summary>
    /// <param name="services">Where to.</param>
    /// <param name="configuration">Has the settings.</param>
    public static OpenTelemetryBuilder AddTripOpenTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var telemetry = services.AddOpenTelemetry()
            .WithTracing(traces => traces
                .AddSource(TripTelemetry.Name)
                .AddHttpClientInstrumentation()
                .AddProcessor(new SpanRedaction()))
            .WithMetrics(metrics => metrics.AddMeter(TripTelemetry.Name).AddHttpClientInstrumentation())

            // Without scopes: ASP.NET Core's has the request's path.
            .WithLogging(logs => logs.AddProcessor(new LogRedaction()), options => options.IncludeFormattedMessage = true);
        services.AddLogging(logs =>
        {
            foreach (var framework in Frameworks)
            {
                // The exporter has a rule of its own, so that a setting for all logs changes the others only.
                logs.AddFilter(framework, LogLevel.Warning).AddFilter<OpenTelemetryLoggerProvider>(framework, LogLevel.Warning);
            }
        });
        if (HasOtlpEndpoint(configuration))
        {
            services.AddOptions<OtlpEndpoints>()
                .Validate(_ => WrongEndpoint(configuration) is null, WrongEndpoint(configuration) ?? "")
                .ValidateOnStart();
            telemetry.UseOtlpExporter();
        }

        return telemetry;
    }

    /// <summary>Whether a setting says where to send telemetry by OTLP.</summary>
    /// <param name="configuration">Has the settings.</param>
    public static bool HasOtlpEndpoint(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return EndpointSettings.Any(setting => !string.IsNullOrWhiteSpace(configuration[setting]));
    }

    private static string? WrongEndpoint(IConfiguration configuration) => EndpointSettings
        .Where(setting => !string.IsNullOrWhiteSpace(configuration[setting]))
        .Where(setting =>
            !Uri.TryCreate(configuration[setting], UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        .Select(setting =>
            $"The setting {setting} is '{configuration[setting]}', "
            + "but it has to be an http or https address, such as http://localhost:4317.")
        .FirstOrDefault();

    // What the settings say is checked when the host starts, as with other options.
    private sealed class OtlpEndpoints;
}

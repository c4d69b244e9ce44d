using System.Diagnostics;
using LocalFunctionsHost.Pipeline;
using LocalFunctionsHost.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace LocalFunctionsHost;

/// <summary>How ASP.NET Core is set up for any app.</summary>
internal static class HostDefaults
{
    /// <summary>
    /// The largest request body in bytes, unless <c>FUNCTIONS_REQUEST_BODY_SIZE_LIMIT</c> says otherwise; the Azure
    /// host's default.
    /// </summary>
    private const long DefaultMaxBody = 104_857_600;

    // Requests get this long after a stop was requested; then their connections are cut.
    private static readonly TimeSpan RequestGrace = TimeSpan.FromSeconds(3);

    // Start failures are reported in one line instead of by these.
    private static readonly string[] StartFailureLoggers =
        ["Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel"];

    /// <summary>Begins a web application whose files stand beside the program, and not in the current folder.</summary>
    /// <param name="environment">The environment's name; null for what the variables say.</param>
    public static (WebApplicationBuilder Web, HostStartException? Error) CreateWeb(string? environment)
    {
        try
        {
            var web = WebApplication.CreateBuilder(new WebApplicationOptions
            {
                ContentRootPath = AppContext.BaseDirectory,
                EnvironmentName = environment,
                // The settings are read once; watching the files would cost a watcher each.
                Args = ["--hostBuilder:reloadConfigOnChange=false"],
            });

            // Now and not later: the app may add some of its own.
            web.Logging.ClearProviders();
            return (web, null);
        }
        catch (InvalidDataException e)
        {
            var reason = $"{e.Message} {e.GetBaseException().Message}";
            return (WebApplication.CreateEmptyBuilder(new WebApplicationOptions()), new HostStartException(reason, e));
        }
    }

    /// <summary>Sets up the server, the logs and the services that results need.</summary>
    public static void Configure(WebApplicationBuilder web, HostSettings settings)
    {
        var maxBody = web.Configuration.GetValue("FUNCTIONS_REQUEST_BODY_SIZE_LIMIT", DefaultMaxBody);
        web.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = maxBody;
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Use(next => connection => RefusedRequests.ServeAsync(connection, next)));
        });
        web.Services.Configure<HostOptions>(host => host.ShutdownTimeout = RequestGrace);
        web.Services.AddSingleton<DistributedContextPropagator, TraceContextReader>();
        web.Services.AddMvcCore();
        web.Services.AddProblemDetails();
        ConfigureLogs(web.Logging, web.Configuration, settings);
    }

    private static void ConfigureLogs(ILoggingBuilder logs, ConfigurationManager configuration, HostSettings settings)
    {
        logs.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
            console.ColorBehavior = Console.IsOutputRedirected ? LoggerColorBehavior.Disabled : LoggerColorBehavior.Default;
        });
        logs.SetMinimumLevel(LogLevel.Information);
        logs.AddFilter("Microsoft", LogLevel.Warning);
        logs.AddFilter("DurableTask", LogLevel.Warning);
        foreach (var (category, level) in settings.LogLevels)
        {
            logs.AddFilter(category.Equals("default", StringComparison.OrdinalIgnoreCase) ? null : category, level);
        }

        // Later rules win: the app's own settings over host.json.
        logs.AddConfiguration(configuration.GetSection("Logging"));
        logs.Services.AddSingleton<StartPhase>();
        logs.Services.AddOptions<LoggerFilterOptions>().PostConfigure<StartPhase>((filters, phase) =>
        {
            foreach (var category in StartFailureLoggers)
            {
                filters.Rules.Add(new LoggerFilterRule(null, category, null, (_, _, level) => phase.IsOver && level >= LogLevel.Warning));
            }
        });
    }
}

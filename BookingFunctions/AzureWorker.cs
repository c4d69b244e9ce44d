using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using BookingFunctions.Http.Reading;
using BookingFunctions.Storage;
using BookingFunctions.Telemetry;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;

namespace BookingFunctions;

/// <summary>The app as a worker of the Azure Functions host.</summary>
public static class AzureWorker
{
    /// <summary>Makes the builder of the worker.</summary>
    /// <param name="args">The command line that the Functions host starts the worker with.</param>
    /// <exception cref="InvalidOperationException">The settings name no storage account, or can't be read.</exception>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = FunctionsApplication.CreateBuilder(args);
        builder.ConfigureFunctionsWebApplication();
        builder.Services.AddBookingFunctions(builder.Configuration);
        builder.Services.AddTableStores(builder.Configuration);

        // A function that runs into its timeout, of 30 minutes by default, takes its process and all that runs there with it.
        builder.Services.PostConfigure<EventStreamOptions>(events => events.MaxDuration ??= TimeSpan.FromMinutes(20));

        var telemetry = builder.Services.AddTripOpenTelemetry(builder.Configuration).UseFunctionsWorkerDefaults();
        if (builder.Configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"] is { Length: > 0 } connection)
        {
            telemetry.UseAzureMonitorExporter(monitor =>
            {
                monitor.ConnectionString = connection;
                monitor.Credential = ReadCredential(builder.Configuration["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"]);
            });
        }

        return builder;
    }

    // As the Functions host reads it, such as ClientId=...;Authorization=AAD; without it, the connection string is all it takes.
    private static ManagedIdentityCredential? ReadCredential(string? authentication)
    {
        if (string.IsNullOrWhiteSpace(authentication))
        {
            return null;
        }

        var clientId = authentication.Split(';', StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2, StringSplitOptions.TrimEntries))
            .FirstOrDefault(part => part.Length == 2 && part[0].Equals("ClientId", StringComparison.OrdinalIgnoreCase))?[1];
        return new ManagedIdentityCredential(
            string.IsNullOrEmpty(clientId) ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(clientId));
    }
}

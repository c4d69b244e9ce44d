using BookingFunctions.Activities;
using BookingFunctions.Local.Storage;
using BookingFunctions.Local.WhatIf;
using BookingFunctions.Storage;
using BookingFunctions.Travel.Suppliers;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Starting;
using DurableTask.Sqlite.Storage;
using LocalFunctionsHost;
using LocalFunctionsHost.Backends;
using LocalFunctionsHost.Client;
using LocalFunctionsHost.Settings;
using LocalFunctionsHost.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BookingFunctions.Local.Backends;

/// <summary>Registers what keeps the state: the orchestrations, and the app's stores.</summary>
internal static class BackendExtensions
{
    private const string Sqlite = "sqlite";
    private const string AzureStorage = "azureStorage";
    private const string BackendKey = "backend";
    private const string DataKey = "data";

    /// <summary>The options of the command line that say where the state is kept.</summary>
    public static IReadOnlyList<HostOption> Options { get; } =
    [
        new(
            BackendKey,
            "NAME",
            $"""
            what keeps the state: {Sqlite}, one file (default); or {AzureStorage}, a storage account
            or Azurite, whose processes share the work
            """),
        new(DataKey, "FILE", $"the file of the backend {Sqlite}, created if missing (default: .local/trips.db)"),
    ];

    /// <summary>Registers the backend that <c>--backend</c> names. Wrong settings are reported when the host starts.</summary>
    /// <param name="builder">Has the settings.</param>
    public static void UseBackend(this LocalFunctionsHostBuilder builder)
    {
        var name = builder.Configuration[BackendKey];
        if (string.IsNullOrEmpty(name) || name.Equals(Sqlite, StringComparison.OrdinalIgnoreCase))
        {
            UseSqlite(builder);
        }
        else if (name.Equals(AzureStorage, StringComparison.OrdinalIgnoreCase))
        {
            UseAzureStorage(builder);
        }
        else
        {
            builder.Backend = (_, _) => throw new HostStartException($"--backend is '{name}', but it must be {Sqlite} or {AzureStorage}.");
        }
    }

    private static void UseSqlite(LocalFunctionsHostBuilder builder)
    {
        var data = builder.Configuration[DataKey] is { Length: > 0 } file ? file : Path.Combine(".local", "trips.db");
        builder.Services.AddSingleton(services => Open(data, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSqliteStores();
        builder.Services.AddSingleton<IOneStepStart>(services => new SqliteOneStepStart(
            ((SqliteBackend)services.GetRequiredService<IOrchestrationBackend>()).Orchestrations,
            services.GetRequiredService<LocalDurableTaskClient>()));
        builder.Backend = (services, host) => new SqliteBackend(
            services.GetRequiredService<SqliteDatabase>(),
            host,
            services.GetRequiredService<TimeProvider>(),
            LoggersOf(services),
            new ActivitiesInFile(
                services.GetRequiredService<IOptions<ProviderOptions>>().Value,
                services.GetRequiredService<IOptions<NotifyOptions>>().Value).Contains);
    }

    private static SqliteDatabase Open(string data, TimeProvider clock)
    {
        try
        {
            return SqliteDatabase.Open(new SqliteDatabaseOptions
            {
                Path = Path.GetFullPath(data),
                TimeProvider = clock,
                Schemas = [TripTables.Schema, Suppliers.Schema],
            });
        }
        catch (StoreOpenException e)
        {
            throw new HostStartException(e.Message, e);
        }
    }

    private static void UseAzureStorage(LocalFunctionsHostBuilder builder)
    {
        var configuration = builder.Configuration;
        builder.Services.AddTableStores(
            _ => Connect(configuration),
            services => services.GetRequiredService<HostSettings>().HubName + AzureStorageSettings.HubSuffix);
        builder.Backend = (services, host) =>
        {
            Refuse(configuration, DataKey);
            Refuse(configuration, "retention");
            return new AzureStorageBackend(host, configuration, LoggersOf(services));
        };
    }

    private static FrameworkLoggerFactory LoggersOf(IServiceProvider services) =>
        new(services.GetRequiredService<ILoggerFactory>(), TripId.InLogs);

    private static void Refuse(IConfigurationManager configuration, string key)
    {
        if (configuration[key] is { Length: > 0 })
        {
            throw new HostStartException(
                $"--{key} is a setting of the backend {Sqlite}: leave it out, or leave out --backend {AzureStorage}.");
        }
    }

    private static Azure.Data.Tables.TableServiceClient Connect(IConfiguration configuration)
    {
        try
        {
            return TableAccount.Connect(configuration);
        }
        catch (InvalidOperationException e)
        {
            throw new HostStartException(e.Message, e);
        }
    }
}

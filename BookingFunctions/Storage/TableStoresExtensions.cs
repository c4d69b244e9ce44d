using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Storage;

/// <summary>Registers the stores of the Azure host.</summary>
public static class TableStoresExtensions
{
    /// <summary>The setting with the storage account's connection string; it is the Functions host's own.</summary>
    public const string ConnectionSetting = "AzureWebJobsStorage";

    /// <summary>Keeps reservations, the directory and the outbox in Azure Tables, or in Azurite.</summary>
    /// <param name="services">Where to register them.</param>
    /// <param name="configuration">Has the connection string.</param>
    /// <exception cref="InvalidOperationException">The connection string is missing.</exception>
    public static IServiceCollection AddTableStores(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var account = Connect(configuration);
        return services
            .AddSingleton<IReservationStore>(new TableReservationStore(account.GetTableClient(TableReservationStore.TableName)))
            .AddSingleton<ITripDirectory>(new TableTripDirectory(account.GetTableClient(TableTripDirectory.TableName)))
            .AddSingleton<IOutbox>(new TableOutbox(account.GetTableClient(TableOutbox.TableName)));
    }

    private static TableServiceClient Connect(IConfiguration configuration)
    {
        var connection = configuration[ConnectionSetting];
        return string.IsNullOrWhiteSpace(connection)
            ? throw new InvalidOperationException(
                $"The setting {ConnectionSetting} is missing. Set it to a storage account's connection string, or to "
                + "UseDevelopmentStorage=true for Azurite (local.settings.json, or the function app's settings).")
            : new TableServiceClient(connection);
    }
}

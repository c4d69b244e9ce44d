using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Storage;

/// <summary>Registers the reservation store of the Azure host.</summary>
public static class TableReservationExtensions
{
    /// <summary>The setting with the storage account's connection string; it is the Functions host's own.</summary>
    public const string ConnectionSetting = "AzureWebJobsStorage";

    /// <summary>Keeps reservations in Azure Tables, or in Azurite.</summary>
    /// <param name="services">Where to register it.</param>
    /// <param name="configuration">Has the connection string.</param>
    /// <exception cref="InvalidOperationException">The connection string is missing.</exception>
    public static IServiceCollection AddTableReservations(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var connection = configuration[ConnectionSetting];
        if (string.IsNullOrWhiteSpace(connection))
        {
            throw new InvalidOperationException(
                $"The setting {ConnectionSetting} is missing. Set it to a storage account's connection string, or to "
                + "UseDevelopmentStorage=true for Azurite (local.settings.json, or the function app's settings).");
        }

        return services.AddSingleton<IReservationStore>(
            new TableReservationStore(new TableClient(connection, TableReservationStore.TableName)));
    }
}

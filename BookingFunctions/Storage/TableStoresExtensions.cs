using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Storage;

/// <summary>Registers the stores in Azure Tables.</summary>
public static class TableStoresExtensions
{
    /// <summary>Keeps reservations, the directory and the outbox in Azure Tables, or in Azurite.</summary>
    /// <param name="services">Where to register them.</param>
    /// <param name="configuration">Names the storage account: see <see cref="TableAccount.Connect"/>.</param>
    /// <param name="suffix">
    /// What the tables' names end with: hosts whose orchestrations are in different task hubs must not share the tables.
    /// </param>
    /// <exception cref="InvalidOperationException">The settings name no account, or can't be read.</exception>
    public static IServiceCollection AddTableStores(this IServiceCollection services, IConfiguration configuration, string suffix = "")
    {
        var account = TableAccount.Connect(configuration);
        return services
            .AddSingleton<IReservationStore>(new TableReservationStore(account.GetTableClient(TableReservationStore.TableName + suffix)))
            .AddSingleton<ITripDirectory>(new TableTripDirectory(account.GetTableClient(TableTripDirectory.TableName + suffix)))
            .AddSingleton<IOutbox>(new TableOutbox(account.GetTableClient(TableOutbox.TableName + suffix)));
    }
}

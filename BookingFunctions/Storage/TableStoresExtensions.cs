using Azure.Data.Tables;
using BookingFunctions.Trips.Deciding;
using BookingFunctions.Trips.Listing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Storage;

/// <summary>Registers the stores in Azure Tables.</summary>
public static class TableStoresExtensions
{
    /// <summary>Keeps reservations, the directory, decisions and the outbox in Azure Tables, or in Azurite.</summary>
    /// <param name="services">Where to register them.</param>
    /// <param name="configuration">Names the storage account: see <see cref="TableAccount.Connect"/>.</param>
    /// <exception cref="InvalidOperationException">The settings name no account, or can't be read.</exception>
    public static IServiceCollection AddTableStores(this IServiceCollection services, IConfiguration configuration)
    {
        var account = TableAccount.Connect(configuration);
        return services.AddTableStores(_ => account, _ => "");
    }

    /// <summary>Keeps reservations, the directory, decisions and the outbox in tables of an account, connected to on first use.</summary>
    /// <param name="services">Where to register them.</param>
    /// <param name="connect">Connects to the account.</param>
    /// <param name="suffix">
    /// What the tables' names end with: hosts whose orchestrations are in different task hubs must not share the tables.
    /// </param>
    public static IServiceCollection AddTableStores(
        this IServiceCollection services, Func<IServiceProvider, TableServiceClient> connect, Func<IServiceProvider, string> suffix)
    {
        return services
            .AddSingleton<IReservationStore>(provider => new TableReservationStore(Table(provider, TableReservationStore.TableName)))
            .AddSingleton<ITripDirectory>(provider => new TableTripDirectory(Table(provider, TableTripDirectory.TableName)))
            .AddSingleton<IUndoDecisions>(provider => new TableUndoDecisions(Table(provider, TableUndoDecisions.TableName)))
            .AddSingleton<IOutbox>(provider => new TableOutbox(Table(provider, TableOutbox.TableName)));

        TableClient Table(IServiceProvider provider, string name) => connect(provider).GetTableClient(name + suffix(provider));
    }
}

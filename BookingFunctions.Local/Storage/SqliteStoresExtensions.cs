using BookingFunctions.Storage;
using BookingFunctions.Trips.Deciding;
using BookingFunctions.Trips.Listing;
using DurableTask.Sqlite.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Local.Storage;

/// <summary>Registers the stores of the local host.</summary>
public static class SqliteStoresExtensions
{
    /// <summary>Keeps reservations, the directory, decisions and the outbox in the file that the orchestrations are in.</summary>
    /// <param name="services">Where to register them; <see cref="SqliteDatabase"/> is there, and has the <see cref="TripTables"/>.</param>
    public static IServiceCollection AddSqliteStores(this IServiceCollection services) => services
        .AddSingleton<IReservationStore, SqliteReservationStore>()
        .AddSingleton<ITripDirectory, SqliteTripDirectory>()
        .AddSingleton<IUndoDecisions, SqliteUndoDecisions>()
        .AddSingleton<IOutbox, SqliteOutbox>();
}

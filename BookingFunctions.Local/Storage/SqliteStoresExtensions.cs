using BookingFunctions.Storage;
using LocalRuntime.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Local.Storage;

/// <summary>Registers the stores of the embedded host.</summary>
public static class SqliteStoresExtensions
{
    /// <summary>Keeps reservations, the directory and the outbox in the file that the orchestrations are in.</summary>
    /// <param name="services">Where to register them; <see cref="SqliteDatabase"/> is there.</param>
    public static IServiceCollection AddSqliteStores(this IServiceCollection services) => services
        .AddSingleton<SqliteReservationStore>()
        .AddSingleton<SqliteTripDirectory>()
        .AddSingleton<SqliteOutbox>()
        .AddSingleton<IReservationStore>(provider => provider.GetRequiredService<SqliteReservationStore>())
        .AddSingleton<ITripDirectory>(provider => provider.GetRequiredService<SqliteTripDirectory>())
        .AddSingleton<IOutbox>(provider => provider.GetRequiredService<SqliteOutbox>())
        .AddSingleton<IOneStepStart, SqliteOneStepStart>()
        .AddHostedService<SqliteStoresStart>();
}

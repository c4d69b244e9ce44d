using DurableTask.Sqlite.Storage;

namespace BookingFunctions.Local.Storage;

/// <summary>The app's own tables, beside the orchestrations'.</summary>
public static class TripTables
{
    /// <summary>The scripts in <c>Schema</c>, which the file is opened with.</summary>
    public static SqliteSchema Schema { get; } =
        SqliteSchema.FromResources("trips", typeof(TripTables).Assembly, "BookingFunctions.Local.Storage.Schema");
}

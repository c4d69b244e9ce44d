using BookingFunctions.Local.Storage;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Listing;
using DurableTask.Sqlite.Storage;

namespace BookingFunctions.Tests.Storage;

public sealed class SqliteTripDirectoryTests : TripDirectoryContract, IAsyncLifetime, IDisposable
{
    private readonly StoreFile file = new();
    private readonly SqliteDatabase database;

    public SqliteTripDirectoryTests()
    {
        database = file.Open(TripTables.Schema);
        Directory = new SqliteTripDirectory(database);
    }

    protected override ITripDirectory Directory { get; }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => database.DisposeAsync().AsTask();

    public void Dispose() => file.Dispose();

    [Theory]
    [InlineData("created_at BETWEEN 1 AND 2", "trips_by_time")]
    [InlineData("status = 'NeedsAttention' AND created_at BETWEEN 1 AND 2", "trips_by_status")]
    public async Task Lists_go_along_an_index_and_never_sort(string where, string index)
    {
        await Directory.ListAsync(new TripQuery { Status = TripState.Booking }, default);

        var plan = await PlanAsync($"SELECT * FROM trips WHERE {where} ORDER BY created_at DESC, id");

        Assert.Contains(index, Assert.Single(plan), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counts_read_nothing_but_an_index()
    {
        await Directory.CountAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, default);

        var plan = await PlanAsync(
            """
            SELECT status, created_at / 600000000 AS minute, count(*) FROM trips
            WHERE status IN ('Booking', 'Confirmed') AND created_at BETWEEN 1 AND 2 GROUP BY status, minute
            """);

        Assert.Contains("SEARCH trips USING COVERING INDEX trips_by_status", plan[0], StringComparison.Ordinal);
    }

    private Task<List<string>> PlanAsync(string sql) =>
        database.ReadAsync(
            session =>
            {
                List<string> lines = [];
                var rows = session.Statement($"EXPLAIN QUERY PLAN {sql}");
                while (rows.Read())
                {
                    lines.Add(rows.Text(3));
                }

                return lines;
            },
            default);
}

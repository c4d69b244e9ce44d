using BookingFunctions.Local.Storage;
using BookingFunctions.Saga;
using BookingFunctions.Storage;
using BookingFunctions.Tests.EndToEnd;
using LocalRuntime.Storage;

namespace BookingFunctions.Tests.Storage;

public sealed class SqliteTripDirectoryTests : TripDirectoryContract, IAsyncLifetime, IDisposable
{
    private readonly DataFile file = new();
    private readonly SqliteDatabase database;

    public SqliteTripDirectoryTests()
    {
        database = SqliteDatabase.Open(file.Path);
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
            "SELECT status, created_at / 600000000 AS minute, count(*) FROM trips WHERE status IN ('Booking', 'Confirmed') AND created_at BETWEEN 1 AND 2 GROUP BY status, minute");

        Assert.Contains("SEARCH trips USING COVERING INDEX trips_by_status", plan[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_found_by_its_id_before_trips_had_numbers_is_still_there()
    {
        await database.WriteAsync(session => session.RunScript(
            """
            DROP TABLE trips;
            CREATE TABLE trips (
              id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, name_key TEXT NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
              status TEXT NOT NULL, reason TEXT, is_started INTEGER NOT NULL, plan TEXT NOT NULL, outcome TEXT) STRICT;
            CREATE INDEX trips_by_time ON trips (created_at DESC, id);
            CREATE INDEX trips_by_status ON trips (status, created_at DESC, id);
            CREATE INDEX trips_unstarted ON trips (id) WHERE is_started = 0;
            INSERT INTO trips VALUES
              ('zoe-1', 'Zoë', 'ZOË', 20000, 40000, 'Cancelled', 'Why', 1, '{}', '[]'),
              ('al-1', 'Al', 'AL', 30000, 30000, 'Booking', NULL, 0, '{}', NULL);
            """));

        // The second time, nothing is left to be done.
        SqliteTripDirectory directory = new(database);
        directory = new(database);

        TripEntry zoe = new()
        {
            Id = "zoe-1", Name = "Zoë", CreatedAt = new DateTimeOffset(20000, TimeSpan.Zero), UpdatedAt = new DateTimeOffset(40000, TimeSpan.Zero),
            Status = TripState.Cancelled, Reason = "Why", IsStarted = true, Plan = "{}", Outcome = "[]",
        };
        Assert.Equal(zoe, await directory.FindAsync("zoe-1", default));
        Assert.Equal(zoe, await directory.AddAsync(zoe with { Name = "Another" }, default));
        Assert.Equal(["al-1", "zoe-1"], (await directory.ListAsync(new TripQuery(), default)).Trips.Select(trip => trip.Id));
        Assert.Equal("al-1", Assert.Single(await directory.ListUnstartedAsync(DateTimeOffset.MaxValue, default).ToListAsync()).Id);
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

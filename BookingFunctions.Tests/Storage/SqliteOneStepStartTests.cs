using BookingFunctions.Local.Backends;
using BookingFunctions.Local.Storage;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Listing;
using DurableTask.Core;
using DurableTask.Sqlite;
using DurableTask.Sqlite.Storage;
using global::LocalFunctionsHost.Client;
using global::LocalFunctionsHost.Settings;
using Microsoft.Extensions.Logging.Abstractions;

namespace BookingFunctions.Tests.Storage;

/// <summary>A trip's row and its orchestration, in one write.</summary>
public sealed class SqliteOneStepStartTests : IAsyncLifetime, IDisposable
{
    private static readonly RetrySettings Retries = new(3, TimeSpan.FromSeconds(1), 2, TimeSpan.FromMinutes(1));

    private static readonly TripPlan Plan = new(
        new TripRequest("Alice", "Ford", "Hilton", "Alaska 1"), Retries, Retries);

    private readonly StoreFile file = new();
    private readonly SqliteDatabase database;
    private readonly SqliteOrchestrationService service;
    private readonly LocalDurableTaskClient client;
    private readonly SqliteTripDirectory directory;
    private readonly SqliteOneStepStart start;

    public SqliteOneStepStartTests()
    {
        database = file.Open(TripTables.Schema);
        SqliteBackend backend = new(database, new HostSettings(), TimeProvider.System, NullLoggerFactory.Instance);
        service = backend.Orchestrations;
        client = new LocalDurableTaskClient(backend);
        directory = new SqliteTripDirectory(database);
        start = new SqliteOneStepStart(service, client);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        service.Dispose();
        return database.DisposeAsync().AsTask();
    }

    public void Dispose() => file.Dispose();

    [Fact]
    public async Task The_row_and_the_orchestration_are_one_write()
    {
        var before = database.Writes;

        Assert.True(await StartAsync("t"));

        Assert.Equal(before + 1, database.Writes);
        Assert.True((await directory.FindAsync("t", default))!.IsStarted);
        Assert.Equal(Orchestrators.BookTrip, (await FindInstanceAsync("t"))!.Name);
    }

    [Fact]
    public async Task Where_a_row_has_the_id_nothing_is_started_and_other_trips_are()
    {
        var row = await directory.AddAsync(Entry("t"), default);

        var taken = StartAsync("t");
        var free = StartAsync("u");

        Assert.Equal((false, true), (await taken, await free));
        Assert.Null(await FindInstanceAsync("t"));
        Assert.NotNull(await FindInstanceAsync("u"));
        Assert.Equal(row, await directory.FindAsync("t", default));
    }

    [Fact]
    public async Task Where_an_instance_has_the_id_no_row_is_added()
    {
        await service.CreateTaskOrchestrationAsync(client.CreateStartMessage("Another", null, new("t")));

        Assert.False(await StartAsync("t"));

        Assert.Null(await directory.FindAsync("t", default));
        Assert.Equal("Another", (await FindInstanceAsync("t"))!.Name);
    }

    private Task<bool> StartAsync(string id) => start.TryStartAsync(Entry(id), Plan, default);

    private Task<OrchestrationState?> FindInstanceAsync(string id) => service.GetOrchestrationStateAsync(id, null)!;

    private static TripRow Entry(string id) => new()
    {
        Id = id,
        Name = "Alice",
        CreatedAt = DateTimeOffset.UnixEpoch,
        UpdatedAt = DateTimeOffset.UnixEpoch,
        Plan = "{}",
        IsStarted = true,
    };
}

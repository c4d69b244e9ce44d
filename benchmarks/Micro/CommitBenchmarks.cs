using BenchmarkDotNet.Attributes;
using BookingFunctions.Benchmarks.Servers;
using DurableTask.Core;
using LocalRuntime.Storage;

namespace BookingFunctions.Benchmarks.Micro;

/// <summary>What it takes to commit turns that come at the same time: on the disk, with an fsync.</summary>
[MemoryDiagnoser]
public class CommitBenchmarks
{
    private const string Events =
        """[{"EventType":"OrchestratorStarted","EventId":-1,"Timestamp":"2026-01-01T00:00:00Z"},{"EventType":"TaskScheduled","EventId":3,"Name":"BookFlight","Timestamp":"2026-01-01T00:00:00Z"},{"EventType":"OrchestratorCompleted","EventId":-1,"Timestamp":"2026-01-01T00:00:00Z"}]""";

    private readonly string folder = Path.Combine(Environment.CurrentDirectory, "micro-commit");
    private SqliteDatabase database = null!;
    private SqliteOrchestrationStore store = null!;
    private InstanceRow[] rows = null!;
    private int turn;

    /// <summary>How many turns come at the same time, each of another instance.</summary>
    [Params(1, 16, 128)]
    public int Turns { get; set; }

    /// <summary>Makes a file with the instances.</summary>
    [GlobalSetup]
    public async Task SetUpAsync()
    {
        database = SqliteDatabase.Open(Path.Combine(Folders.Fresh(folder), "trips.db"));
        store = new SqliteOrchestrationStore(database);
        rows = [.. Enumerable.Range(1, Turns).Select(Row)];
        await Task.WhenAll(rows.Select(row => store.CreateAsync(new NewInstance(row, new InstanceMessage(row.Key, row.InstanceId, "{}")), [])));
    }

    /// <summary>Closes the file.</summary>
    [GlobalCleanup]
    public async Task CleanUpAsync()
    {
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Commits a turn of each instance.</summary>
    [Benchmark]
    public Task Commit()
    {
        turn++;
        Task[] commits =
        [
            .. rows.Select(row => store.CommitAsync(new TurnCommit
            {
                Row = row,
                Turn = turn,
                Events = Events,
                FinishedActivities = [Activity(row, turn - 1)],
                Activities = [new ScheduledActivity(Activity(row, turn), row.Key, row.InstanceId, row.ExecutionId, turn, "BookFlight", null, "\"Alaska 1\"")],
            })),
        ];
        store.WriteQueued();
        return Task.WhenAll(commits);
    }

    private static long Activity(InstanceRow row, int turn) => 1000 + row.Key + ((long)turn * 1000);

    private static InstanceRow Row(int key) => new()
    {
        Key = key,
        InstanceId = $"traveler-{key}",
        ExecutionId = $"{key:x32}",
        Name = "BookTrip",
        Status = OrchestrationStatus.Running,
        CreatedAt = DateTime.UnixEpoch,
        UpdatedAt = DateTime.UnixEpoch,
        Input = "{}",
        CustomStatus = new string('s', 400),
    };
}

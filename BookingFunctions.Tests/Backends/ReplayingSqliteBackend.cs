namespace BookingFunctions.Tests.Backends;

/// <summary>DurableTask.Sqlite where no instance stays in memory: each turn replays the history from the file.</summary>
public sealed class ReplayingSqliteBackend : SqliteBackend
{
    public override Task CreateAsync(BackendOptions options) => base.CreateAsync(options with { MaxInstancesInMemory = 0 });
}

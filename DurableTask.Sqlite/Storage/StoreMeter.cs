using System.Diagnostics.Metrics;

namespace DurableTask.Sqlite.Storage;

/// <summary>Counts what the writers of this process do, once a group, for <c>dotnet-counters</c>, OpenTelemetry and benchmarks.</summary>
internal static class StoreMeter
{
    /// <summary>The meter's name.</summary>
    public const string Name = "DurableTask.Sqlite.Storage";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Commits =
        Meter.CreateCounter<long>("localruntime.store.commits", "{commit}", "Groups of writes that were committed, with an fsync each.");

    private static readonly Counter<long> Writes =
        Meter.CreateCounter<long>("localruntime.store.writes", "{write}", "Writes in those groups.");

    private static readonly Counter<long> Statements =
        Meter.CreateCounter<long>("localruntime.store.statements", "{statement}", "SQL statements that the writer ran.");

    /// <summary>Counts a group.</summary>
    /// <param name="writes">How many writes it had.</param>
    /// <param name="session">The writer's connection, whose statements are counted from one group to the next.</param>
    public static void Committed(int writes, SqliteSession session)
    {
        Commits.Add(1);
        Writes.Add(writes);
        Statements.Add(session.TakeStatementCount());
    }
}

using System.Diagnostics.Metrics;

namespace DurableTask.Sqlite.Storage;

/// <summary>
/// Counts what the committers of this process do, once a group, for <c>dotnet-counters</c>, OpenTelemetry and benchmarks.
/// </summary>
internal static class SqliteMeter
{
    /// <summary>The meter's name.</summary>
    public const string Name = "DurableTask.Sqlite";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Commits =
        Meter.CreateCounter<long>("durabletask.sqlite.commits", "{commit}", "Groups of writes that were committed, with an fsync each.");

    private static readonly Counter<long> Writes =
        Meter.CreateCounter<long>("durabletask.sqlite.writes", "{write}", "Writes in those groups.");

    private static readonly Counter<long> Statements =
        Meter.CreateCounter<long>("durabletask.sqlite.statements", "{statement}", "SQL statements that the committer ran.");

    private static readonly Counter<long> Losses = Meter.CreateCounter<long>(
        "durabletask.sqlite.lost_transactions", "{transaction}", "Groups of writes that were lost: disk full, I/O error, failed commit.");

    /// <summary>Counts a group.</summary>
    /// <param name="writes">How many writes it had.</param>
    /// <param name="session">The committer's connection, whose statements are counted from one group to the next.</param>
    public static void Committed(int writes, SqliteSession session)
    {
        Commits.Add(1);
        Writes.Add(writes);
        Statements.Add(session.TakeStatementCount());
    }

    /// <summary>Counts a group that was lost.</summary>
    public static void Lost() => Losses.Add(1);
}

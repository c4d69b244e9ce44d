using System.Diagnostics;
using BookingFunctions.Benchmarks.Recording;
using BookingFunctions.Benchmarks.Servers;
using LocalRuntime.Storage;

namespace BookingFunctions.Benchmarks.Runs;

/// <summary>
/// Writes what trips write, with the same statements and as many trips a commit, and does nothing else: no HTTP, no engine,
/// no queue, no savepoints, and what it takes to make the values isn't counted.
/// </summary>
internal static class LimitRun
{
    /// <summary>Runs.</summary>
    /// <param name="recorded">What a trip writes.</param>
    /// <param name="folder">Where the file is.</param>
    /// <param name="tripsPerCommit">How many trips are in a commit, each with what one of its commits had when it was alone.</param>
    /// <param name="seconds">For how long.</param>
    public static LimitFigures Run(RecordedTrip recorded, string folder, int tripsPerCommit, double seconds)
    {
        var file = Path.Combine(Folders.Fresh(folder), "trips.db");
        File.Copy(recorded.File, file);
        var session = SqliteFile.OpenWriter(file);

        // Trips in all their states. What the first ones haven't written is made up for before it counts.
        var next = Enumerable.Range(0, tripsPerCommit).Select(trip => trip % recorded.Commits.Count).ToArray();
        var numbers = Enumerable.Range(1, tripsPerCommit).ToArray();
        var (trips, counted) = (0, 0);
        var writing = new Stopwatch();
        for (var commit = 1 - recorded.Commits.Count; writing.Elapsed.TotalSeconds < seconds; commit++)
        {
            // One commit's statements of each trip.
            List<(string Sql, object?[] Values)> statements = [];
            for (var trip = 0; trip < tripsPerCommit; trip++)
            {
                statements.AddRange(recorded.Commits[next[trip]].Select(
                    statement => (statement.Sql, statement.Values.Select(value => recorded.For(value, numbers[trip], TimeSpan.Zero)).ToArray())));
                if (++next[trip] == recorded.Commits.Count)
                {
                    next[trip] = 0;
                    trips++;
                    counted += commit > 0 ? 1 : 0;
                    numbers[trip] = trips + tripsPerCommit;
                }
            }

            if (commit > 0)
            {
                writing.Start();
            }

            Commit(session, statements, RecordedTrip.HighWater(numbers.Max()));
            writing.Stop();
        }

        session.Close();
        return new(
            counted / writing.Elapsed.TotalSeconds, tripsPerCommit, recorded.Commits.Sum(commit => commit.Count));
    }

    private static void Commit(SqliteSession session, List<(string Sql, object?[] Values)> statements, (long Key, long Message) ids)
    {
        session.Statement("BEGIN IMMEDIATE").Run();
        foreach (var (sql, values) in statements)
        {
            TripReplay.Run(session, sql, values);
        }

        TripRecorder.SetHighWater(session, ids.Key, ids.Message);
        session.Statement("COMMIT").Run();
    }
}

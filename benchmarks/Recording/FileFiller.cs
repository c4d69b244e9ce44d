using LocalRuntime.Storage;

namespace BookingFunctions.Benchmarks.Recording;

/// <summary>Makes a file in which many trips have been booked, by writing the rows of a recorded one for each.</summary>
internal static class FileFiller
{
    private const int TripsPerCommit = 5_000;

    // One trip after the other, so many of them a second.
    private static readonly TimeSpan Distance = TimeSpan.FromMilliseconds(10);

    /// <summary>Makes the file.</summary>
    /// <param name="recorded">What a trip leaves.</param>
    /// <param name="file">The file, which must not be there yet.</param>
    /// <param name="trips">How many trips.</param>
    /// <param name="progress">Told how many there are.</param>
    public static void Fill(RecordedTrip recorded, string file, int trips, Action<int> progress)
    {
        File.Copy(recorded.File, file);
        var session = SqliteFile.OpenWriter(file);

        // If it is interrupted, the file is made anew.
        session.RunScript("PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000; PRAGMA wal_autocheckpoint = 100000");
        var rows = recorded.Rows.Select(row => (row.Sql, row.Values, Changing: Changing(recorded, row))).ToList();
        for (var number = 1; number <= trips; number++)
        {
            if (number % TripsPerCommit == 1)
            {
                session.Statement("BEGIN").Run();
            }

            foreach (var (sql, values, changing) in rows)
            {
                object?[] own = [.. values];
                foreach (var at in changing)
                {
                    own[at] = recorded.For(values[at], number, (trips - number) * Distance);
                }

                TripReplay.Run(session, sql, own);
            }

            if (number % TripsPerCommit == 0 || number == trips)
            {
                var (key, message) = RecordedTrip.HighWater(number);
                TripRecorder.SetHighWater(session, key, message);
                session.Statement("COMMIT").Run();
                progress(number);
            }
        }

        session.Close();
    }

    // Which values are not the same for all trips.
    private static int[] Changing(RecordedTrip recorded, RecordedRow row) =>
        [.. Enumerable.Range(0, row.Values.Length).Where(at => !Equals(recorded.For(row.Values[at], 1, Distance), row.Values[at]))];
}

using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using BookingFunctions.Benchmarks.Load;
using BookingFunctions.Benchmarks.Servers;
using Microsoft.Data.Sqlite;

namespace BookingFunctions.Benchmarks.Runs;

/// <summary>A file in which many trips have been booked: one is booked by the host, and its rows are copied for the others.</summary>
internal static class GrownFile
{
    private const int TripsPerCommit = 10_000;

    // How much later each trip was booked, in ticks.
    private const long Distance = 100_000;

    private const string Copies = "WITH RECURSIVE copies (n) AS (SELECT ?1 UNION ALL SELECT n + 1 FROM copies WHERE n < ?2)";

    /// <summary>Makes the file.</summary>
    /// <param name="folder">Its folder; it must be empty.</param>
    /// <param name="trips">How many trips it has.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task MakeAsync(string folder, int trips, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var id = await BookAsync(folder, cancellation);
        await using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "trips.db"), Pooling = false }.ToString());
        connection.Open();

        // If this is interrupted, the file is made anew.
        Run(connection, "PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000; PRAGMA wal_autocheckpoint = 100000");
        var execution = Texts(connection, "SELECT execution_id FROM instances WHERE instance_id = ?1", id)[0];
        var inserts = Texts(connection, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
            .Where(table => table is not ("schema_versions" or "probes" or "taken"))
            .Select(table => Insert(connection, table))
            .ToList();
        for (var first = 1; first < trips; first += TripsPerCommit)
        {
            cancellation.ThrowIfCancellationRequested();
            await using var transaction = connection.BeginTransaction();
            foreach (var insert in inserts)
            {
                Run(connection, insert, first, Math.Min(first + TripsPerCommit, trips) - 1, id, execution);
            }

            await transaction.CommitAsync(cancellation);
        }

        Console.WriteLine($"{trips:N0} trips written in {watch.Elapsed.TotalSeconds:F0} s");
    }

    // The rows of the first trip, with the ids, numbers and times of each other one.
    private static string Insert(SqliteConnection connection, string table)
    {
        var columns = Texts(
            connection,
            $"SELECT name FROM pragma_table_info('{table}') WHERE NOT (name IN ('id', 'position') AND type = 'INTEGER' AND pk = 1)");
        var values = columns.Select(column => column switch
        {
            "key" or "instance_key" or "number" or "trip" => $"{column} + n",
            _ when column.EndsWith("_at", StringComparison.Ordinal) => $"{column} + n * {Distance}",
            _ => $"""
                CASE typeof({column}) WHEN 'text' THEN replace(
                  replace({column}, ?3, substr(?3, 1, length(?3) - 10) || printf('%010d', n)),
                  ?4, substr(?4, 1, length(?4) - 10) || printf('%010x', n)) ELSE {column} END
                """,
        });
        var from = columns.Contains("key") || columns.Contains("instance_key") || columns.Contains("number") || columns.Contains("trip")
            ? $"(SELECT * FROM {table} WHERE {columns.First(column => column is "key" or "instance_key" or "number" or "trip")} = 1)"
            : table;
        return $"""
            {Copies} INSERT INTO {table} ({string.Join(", ", columns)})
            SELECT {string.Join(", ", values)} FROM copies CROSS JOIN {from}
            """;
    }

    private static async Task<string> BookAsync(string folder, CancellationToken cancellation)
    {
        await using var server = await LocalServer.StartAsync(folder, cancellation);
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("Prefer", "wait=60");
        using var answer = await http.PostAsJsonAsync(server.Trips, TripBodies.Order(TripKind.Happy, parallel: false, 1), cancellation);
        var trip = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(cancellation);
        await server.StopAsync(cancellation);
        return trip.GetProperty("id").GetString()!;
    }

    private static void Run(SqliteConnection connection, string sql, params object[] values)
    {
        using var command = Command(connection, sql, values);
        command.ExecuteNonQuery();
    }

    private static List<string> Texts(SqliteConnection connection, string sql, params object[] values)
    {
        using var command = Command(connection, sql, values);
        using var rows = command.ExecuteReader();
        List<string> texts = [];
        while (rows.Read())
        {
            texts.Add(rows.GetString(0));
        }

        return texts;
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, object[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var number = 1; number <= values.Length; number++)
        {
            command.Parameters.AddWithValue($"?{number}", values[number - 1]);
        }

        return command;
    }
}

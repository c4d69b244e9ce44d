using System.Net.Http.Json;
using System.Text.Json;
using BookingFunctions.Benchmarks.Load;
using BookingFunctions.Benchmarks.Servers;
using BookingFunctions.Local.Storage;
using BookingFunctions.Saga;
using LocalRuntime.Hosting;
using LocalRuntime.Storage;
using Microsoft.Extensions.DependencyInjection;
using SQLitePCL;

namespace BookingFunctions.Benchmarks.Recording;

/// <summary>Books trips on a host in this process, and records what one of them wrote.</summary>
internal static class TripRecorder
{
    private const string Begin = "BEGIN IMMEDIATE";
    private const string Commit = "COMMIT";

    // What the writer adds to each group, whatever is in it.
    private static readonly string[] Overhead = ["SAVEPOINT", "RELEASE", "PRAGMA", "UPDATE high_water"];

    /// <summary>Records a confirmed trip whose legs are booked in order.</summary>
    /// <param name="folder">Where the file is; it stays.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<RecordedTrip> RecordAsync(string folder, CancellationToken cancellation)
    {
        var file = Path.Combine(Folders.Fresh(folder), "trips.db");
        await RaiseIdsAsync(file);

        var address = $"http://127.0.0.1:{ServerProcess.FreePort()}";
        var builder = LocalFunctionsHost.CreateBuilder(["--urls", address, "--data", file], typeof(BookTrip).Assembly);
        builder.Services.AddBookingFunctions(builder.Configuration);
        builder.Services.AddSqliteStores();
        builder.Output = TextWriter.Null;
        await using var host = builder.Build();
        await host.StartAsync(cancellation);
        var database = host.Services.GetRequiredService<SqliteDatabase>();
        await database.WriteAsync(session => session.Statement("INSERT INTO trip_numbers (number, id) VALUES (?, '')").Bind(RecordedTrip.FirstNumber).Run());
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        http.DefaultRequestHeaders.Add("Prefer", "wait=60");

        // The first one prepares the statements.
        await BookAsync(http, 1, cancellation);
        List<string> trace = [];
        strdelegate_trace record = (_, sql) => trace.Add(sql);
        await database.WriteAsync(session => raw.sqlite3_trace(session.Handle, record, null));
        var id = await BookAsync(http, 2, cancellation);
        var texts = await database.WriteAsync(session =>
        {
            raw.sqlite3_trace(session.Handle, (strdelegate_trace?)null, null);
            return session.Texts.ToArray();
        });
        GC.KeepAlive(record);

        var (key, tripNumber, executionId) = await database.ReadAsync(session => Instance(session, id), cancellation);
        var rows = await database.ReadAsync(session => ReadRows(session, id, key, tripNumber), cancellation);
        await host.StopAsync();
        return new RecordedTrip { Id = id, ExecutionId = executionId, Commits = Split(trace, texts), Rows = rows, File = file };
    }

    private static async Task RaiseIdsAsync(string file)
    {
        await using var database = SqliteDatabase.Open(file);
        await database.WriteAsync(session => SetHighWater(session, RecordedTrip.FirstKey, RecordedTrip.FirstMessage));
    }

    /// <summary>Writes what the highest ids are that were ever given.</summary>
    internal static void SetHighWater(SqliteSession session, long key, long message)
    {
        session.Statement("UPDATE high_water SET value = ? WHERE name = 'instance_key'").Bind(key).Run();
        session.Statement("UPDATE high_water SET value = ? WHERE name = 'message_id'").Bind(message).Run();
    }

    private static async Task<string> BookAsync(HttpClient http, int number, CancellationToken cancellation)
    {
        using var answer = await http.PostAsJsonAsync(
            "api/trips", TripBodies.Order(TripKind.Happy, parallel: false, number), cancellation);
        var trip = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(cancellation);
        return trip.GetProperty("id").GetString()!;
    }

    private static (long Key, long TripNumber, string ExecutionId) Instance(SqliteSession session, string id)
    {
        var row = session.Statement(
            "SELECT key, number, execution_id FROM instances JOIN trip_numbers ON id = instance_id WHERE instance_id = ?").Bind(id);
        return row.Read() ? (row.Number(0), row.Number(1), row.Text(2)) : throw new InvalidOperationException($"There is no instance '{id}'.");
    }

    private static List<IReadOnlyList<RecordedStatement>> Split(List<string> trace, string[] texts)
    {
        List<IReadOnlyList<RecordedStatement>> commits = [];
        List<RecordedStatement> commit = [];
        foreach (var sql in trace)
        {
            if (sql is Begin or Commit)
            {
                if (commit.Count > 0)
                {
                    commits.Add(commit);
                    commit = [];
                }
            }
            else if (!Overhead.Any(start => sql.StartsWith(start, StringComparison.Ordinal)))
            {
                commit.Add(ExpandedSql.Read(texts, sql));
            }
        }

        return commits;
    }

    // Whatever has the trip's id, its number or its instance's key is the trip's.
    private static List<RecordedRow> ReadRows(SqliteSession session, string id, params long[] keys)
    {
        List<RecordedRow> found = [];
        foreach (var table in Texts(session, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'high_water'"))
        {

            // A number that SQLite gives to the row itself isn't the trip's.
            var columns = Texts(session, $"SELECT name FROM pragma_table_info('{table}') WHERE NOT (name IN ('id', 'position') AND type = 'INTEGER' AND pk = 1)");
            var rows = session.Statement($"SELECT {string.Join(", ", columns.Select(column => $"{column}, typeof({column})"))} FROM {table}");
            while (rows.Read())
            {
                object?[] values = [.. columns.Select((_, at) => Value(rows, at))];
                if (values.Any(value => value is string text ? text.Contains(id, StringComparison.Ordinal) : value is long number && keys.Contains(number)))
                {
                    found.Add(new RecordedRow(table, columns, values));
                }
            }
        }

        return found;
    }

    private static object? Value(SqliteStatement row, int column) => row.Text((2 * column) + 1) switch
    {
        "integer" => row.Number(2 * column),
        "null" => null,
        _ => row.Text(2 * column),
    };

    private static string[] Texts(SqliteSession session, string sql)
    {
        var rows = session.Statement(sql);
        List<string> texts = [];
        while (rows.Read())
        {
            texts.Add(rows.Text(0));
        }

        return [.. texts];
    }
}

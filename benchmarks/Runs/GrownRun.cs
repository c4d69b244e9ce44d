using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using BookingFunctions.Benchmarks.Load;
using BookingFunctions.Benchmarks.Servers;
using BookingFunctions.Local.Storage;
using DurableTask.Sqlite.Storage;

namespace BookingFunctions.Benchmarks.Runs;

/// <summary>Measures the host on a file that many trips were booked in, and on one that none were.</summary>
internal static class GrownRun
{
    private const int CallsPerPage = 100;
    private const int DeepPages = 20;

    /// <summary>Runs.</summary>
    /// <param name="trips">How many trips are in the file.</param>
    /// <param name="rounds">How often each is measured.</param>
    /// <param name="plan">What is run on both.</param>
    /// <param name="folder">Where the files are.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<GrownFigures> RunAsync(int trips, int rounds, LoadPlan plan, string folder, CancellationToken cancellation)
    {
        var full = await FullAsync(trips, folder, cancellation);
        var figures = new GrownFigures(trips, new FileInfo(Path.Combine(full, "trips.db")).Length, [], [], [], [], []);
        for (var round = 1; round <= rounds; round++)
        {
            await MeasureAsync("empty file", Folders.Fresh(Path.Combine(folder, "local")), figures.EmptyStartSeconds, figures.Empty, null);
            await MeasureAsync("full file", full, figures.FullStartSeconds, figures.Full, round == 1 ? figures.PageMilliseconds : null);
        }

        return figures;

        async Task MeasureAsync(string name, string data, List<double> starts, List<TripFigures> runs, Dictionary<string, double>? pages)
        {
            await using var server = await LocalServer.StartAsync(data, cancellation);
            starts.Add(server.StartTime.TotalSeconds);
            if (pages is not null)
            {
                await ReadPagesAsync(server, pages, cancellation);
            }

            runs.Add(await RunProgress.ShowAsync($"{name}, {plan}", progress => TripRun.RunAsync(server, plan, progress, cancellation)));
        }
    }

    // Made once, and used again as long as the store's version is the same.
    private static async Task<string> FullAsync(int trips, string folder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var full = Path.GetFullPath(Path.Combine(folder, "full"));
        var mark = full + ".txt";
        var content = $"{trips} trips, version {SqliteSchema.Orchestrations.Scripts.Count}.{TripTables.Schema.Scripts.Count}";
        if (File.Exists(mark) && await File.ReadAllTextAsync(mark, cancellation) == content)
        {
            return full;
        }

        File.Delete(mark);
        await GrownFile.MakeAsync(Folders.Fresh(full), trips, cancellation);
        await File.WriteAllTextAsync(mark, content, cancellation);
        return full;
    }

    private static async Task ReadPagesAsync(LocalServer server, Dictionary<string, double> pages, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        var query = "api/trips?pageSize=50";
        pages["newest"] = await TimeAsync(http, query, cancellation);
        var deep = query;
        for (var page = 1; page <= DeepPages; page++)
        {
            var list = await http.GetFromJsonAsync<JsonElement>(deep, cancellation);
            deep = $"{query}&continuationToken={Uri.EscapeDataString(list.GetProperty("continuationToken").GetString()!)}";
        }

        pages[$"after {DeepPages} pages"] = await TimeAsync(http, deep, cancellation);
        pages["confirmed"] = await TimeAsync(http, $"{query}&status=Confirmed", cancellation);
        pages["cancelled, of which there are none"] = await TimeAsync(http, $"{query}&status=Cancelled", cancellation);
        pages["by name"] = await TimeAsync(http, $"{query}&name=Traveler", cancellation);
    }

    private static async Task<double> TimeAsync(HttpClient http, string query, CancellationToken cancellation)
    {
        List<double> times = [];
        for (var call = 1; call <= CallsPerPage; call++)
        {
            var begin = Stopwatch.GetTimestamp();
            _ = await http.GetByteArrayAsync(query, cancellation);
            times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }

        return Spread.Of(times).Median;
    }
}

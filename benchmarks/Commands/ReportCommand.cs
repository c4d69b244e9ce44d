using System.CommandLine;
using BookingFunctions.Benchmarks.Reports;
using BookingFunctions.Benchmarks.Runs;
using BookingFunctions.Benchmarks.Scaling;

namespace BookingFunctions.Benchmarks.Commands;

/// <summary><c>report</c>: the goals and the charts, of figures that other commands have written.</summary>
internal static class ReportCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var results = new Argument<DirectoryInfo>("results")
        {
            Description = "The folder with side-by-side.json, trips.json, waiting.json, grown.json and scaling.json, as --json of these commands writes them.",
        };
        var charts = new Option<DirectoryInfo?>("--charts") { Description = "Draws charts into this folder." };
        var command = new Command("report", "Says which goals are met, with tables, in Markdown, and draws charts.") { results, charts };
        command.SetAction(async (arguments, cancellation) =>
        {
            var folder = arguments.GetValue(results)!.FullName;
            var images = arguments.GetValue(charts)?.FullName;
            List<Goal> goals = [];
            List<string> tables = [];
            async Task AddAsync<T>(string name, Func<T, IEnumerable<Goal>> of, Func<T, string>? write = null, Action<string, T>? draw = null)
            {
                var file = Path.Combine(folder, name);
                if (File.Exists(file))
                {
                    var figures = await JsonFile.ReadAsync<T>(file, cancellation);
                    goals.AddRange(of(figures));
                    tables.AddRange(write is null ? [] : [write(figures)]);
                    if (images is not null)
                    {
                        draw?.Invoke(images, figures);
                    }
                }
            }

            await AddAsync<SideBySideFigures>("side-by-side.json", Goals.Of, SideBySideMarkdown.Of, Charts.Write);
            await AddAsync<List<TripFigures>>("trips.json", Goals.Of, TripMarkdown.Of);
            await AddAsync<WaitingFigures>("waiting.json", Goals.Of);
            await AddAsync<GrownFigures>("grown.json", Goals.Of, GrownMarkdown.Of);
            await AddAsync<List<ScalingCurve>>("scaling.json", Goals.Of, ScalingMarkdown.Of, Charts.Write);
            Console.WriteLine("| Goal | Bound | Measured | |\n| --- | --- | --- | --- |");
            goals.ForEach(goal => Console.WriteLine(goal.ToMarkdown()));
            tables.ForEach(table => Console.WriteLine($"\n{table}"));
        });
        return command;
    }
}

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
        var page = new Option<FileInfo?>("--page") { Description = "Writes the tables into this page, between the comments that name them." };
        var command = new Command("report", "Says which goals are met, with tables, in Markdown, and draws charts.") { results, charts, page };
        command.SetAction(async (arguments, cancellation) =>
        {
            var folder = arguments.GetValue(results)!.FullName;
            var images = arguments.GetValue(charts)?.FullName;
            List<Goal> goals = [];
            var parts = new Dictionary<string, string> { ["machine"] = Machine.Describe() };
            async Task AddAsync<T>(string name, Func<T, IEnumerable<Goal>> of, Func<T, string>? write = null, Action<string, T>? draw = null)
            {
                var file = Path.Combine(folder, $"{name}.json");
                if (File.Exists(file))
                {
                    var figures = await JsonFile.ReadAsync<T>(file, cancellation);
                    goals.AddRange(of(figures));
                    if (write is not null)
                    {
                        parts[name] = write(figures);
                    }

                    if (images is not null)
                    {
                        draw?.Invoke(images, figures);
                    }
                }
            }

            await AddAsync<SideBySideFigures>("side-by-side", Goals.Of, SideBySideMarkdown.Of, Charts.Write);
            await AddAsync<List<TripFigures>>("trips", Goals.Of, TripMarkdown.Of);
            await AddAsync<WaitingFigures>("waiting", Goals.Of, WaitingMarkdown.Of);
            await AddAsync<GrownFigures>("grown", Goals.Of, GrownMarkdown.Of);
            await AddAsync<List<ScalingCurve>>("scaling", Goals.Of, ScalingMarkdown.Of, Charts.Write);
            parts["goals"] = string.Join('\n', ["| Goal | Bound | Measured | |", "| --- | --- | --- | --- |", .. goals.Select(goal => goal.ToMarkdown())]);
            if (arguments.GetValue(page)?.FullName is { } path)
            {
                var text = parts.Aggregate(
                    await File.ReadAllTextAsync(path, cancellation), (text, part) => Page.Replace(text, part.Key, part.Value));
                await File.WriteAllTextAsync(path, text, cancellation);
            }

            Console.WriteLine(string.Join("\n\n", parts.Values));
        });
        return command;
    }
}

using System.CommandLine;
using BookingFunctions.Benchmarks.Reports;
using BookingFunctions.Benchmarks.Runs;
using Spectre.Console;

namespace BookingFunctions.Benchmarks.Commands;

/// <summary><c>waiting</c>: what trips cost that wait for a timer.</summary>
internal static class WaitingCommand
{
    private const double Mebibyte = 1024 * 1024;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var trips = new Option<int>("--trips") { Description = "How many trips wait.", DefaultValueFactory = _ => 10_000 };
        var (json, folder) = (CommonOptions.Json(), CommonOptions.Folder());
        var command = new Command("waiting", "Measures the memory of trips that wait for their next attempt.") { trips, json, folder };
        command.SetAction(async (arguments, cancellation) =>
        {
            var figures = await WaitingRun.RunAsync(arguments.GetValue(trips), arguments.GetValue(folder)!, cancellation);
            AnsiConsole.Write(new Table().Border(TableBorder.Rounded).AddColumns("", "MiB")
                .AddRow("before", Spread.Number(figures.BytesBefore / Mebibyte))
                .AddRow($"with {figures.Trips:N0} trips waiting", Spread.Number(figures.BytesAfter / Mebibyte))
                .AddRow($"the same, restarted in {figures.RestartSeconds:F1} s", Spread.Number(figures.RestartedBytes / Mebibyte)));
            if (arguments.GetValue(json) is { } file)
            {
                await JsonFile.WriteAsync(file, figures, cancellation);
            }
        });
        return command;
    }
}

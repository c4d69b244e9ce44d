using System.CommandLine;
using BookingFunctions.Benchmarks.Load;
using BookingFunctions.Benchmarks.Reports;
using BookingFunctions.Benchmarks.Runs;
using Spectre.Console;

namespace BookingFunctions.Benchmarks.Commands;

/// <summary><c>grown</c>: what finished trips in the file change.</summary>
internal static class GrownCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var trips = new Option<int>("--trips")
        {
            Description = "How many finished trips are in the file.",
            DefaultValueFactory = _ => 1_000_000,
        };
        var rounds = CommonOptions.Rounds(3);
        var (seconds, warmUp) = (CommonOptions.Seconds(), CommonOptions.WarmUp());
        var concurrency = new Option<int>("--concurrency")
        {
            Description = "How many clients post trips at a time.",
            DefaultValueFactory = _ => 128,
        };
        var (json, folder) = (CommonOptions.Json(), CommonOptions.Folder());
        var command = new Command("grown", "Measures throughput, start-up and lists with many finished trips in the file, and without.")
        {
            trips, rounds, seconds, warmUp, concurrency, json, folder,
        };
        command.SetAction(async (arguments, cancellation) =>
        {
            var plan = new LoadPlan(
                null!, TripKind.Happy, false, arguments.GetValue(concurrency), arguments.GetValue(warmUp), arguments.GetValue(seconds));
            var figures = await GrownRun.RunAsync(
                arguments.GetValue(trips), arguments.GetValue(rounds), plan, arguments.GetValue(folder)!, cancellation);
            if (figures.Full.Count == 0)
            {
                return;
            }

            AnsiConsole.Write(GrownTable.Of(figures));
            if (arguments.GetValue(json) is { } file)
            {
                await JsonFile.WriteAsync(file, figures, cancellation);
            }
        });
        return command;
    }
}

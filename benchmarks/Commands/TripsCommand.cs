using System.CommandLine;
using BookingFunctions.Benchmarks.Load;
using BookingFunctions.Benchmarks.Reports;
using BookingFunctions.Benchmarks.Runs;
using BookingFunctions.Benchmarks.Servers;
using Spectre.Console;

namespace BookingFunctions.Benchmarks.Commands;

/// <summary><c>trips</c>: books trips on the local host, and says what that costs.</summary>
internal static class TripsCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var concurrency = CommonOptions.Concurrency(128);
        var kinds = new Option<TripKind[]>("--kind")
        {
            Description = "Which trips: happy or rolledBack; a run for each.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [TripKind.Happy],
        };
        var parallel = new Option<bool>("--parallel") { Description = "Books the legs of a trip at once." };
        var (seconds, warmUp, rounds) = (CommonOptions.Seconds(), CommonOptions.WarmUp(), CommonOptions.Rounds(1));
        var (json, folder) = (CommonOptions.Json(), CommonOptions.Folder());
        var command = new Command("trips", "Books trips on the local host, each run on a fresh file, and says what a trip costs.")
        {
            concurrency, kinds, parallel, seconds, warmUp, rounds, json, folder,
        };
        command.SetAction(async (arguments, cancellation) =>
        {
            var (warmUpSeconds, measuredSeconds) = (arguments.GetValue(warmUp), arguments.GetValue(seconds));
            var plans =
                from round in Enumerable.Range(0, arguments.GetValue(rounds))
                from kind in arguments.GetValue(kinds)!
                from clients in arguments.GetValue(concurrency)!
                select new LoadPlan(null!, kind, arguments.GetValue(parallel), clients, warmUpSeconds, measuredSeconds);
            List<TripFigures> runs = [];
            foreach (var plan in plans)
            {
                var fresh = Folders.Fresh(Path.Combine(arguments.GetValue(folder)!, "local"));
                await using var server = await LocalServer.StartAsync(fresh, cancellation);
                runs.Add(await RunProgress.ShowAsync(
                    plan.ToString(), progress => TripRun.RunAsync(server, plan, progress, cancellation)));
            }

            AnsiConsole.Write(TripTable.Of(runs));
            if (arguments.GetValue(json) is { } file)
            {
                await JsonFile.WriteAsync(file, runs, cancellation);
            }
        });
        return command;
    }
}

using System.CommandLine;
using BookingFunctions.Benchmarks.Load;
using BookingFunctions.Benchmarks.Reports;
using BookingFunctions.Benchmarks.Runs;
using BookingFunctions.Benchmarks.Servers;
using Spectre.Console;

namespace BookingFunctions.Benchmarks.Commands;

/// <summary><c>side-by-side</c>: the local host and the peer in turn.</summary>
internal static class SideBySideCommand
{
    // Rolled-back trips, and legs that are booked at once, are measured at this many clients only.
    private const int OtherTripsConcurrency = 128;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var concurrency = CommonOptions.Concurrency(1, 32, 128);
        var rounds = CommonOptions.Rounds(3);
        var (seconds, warmUp) = (CommonOptions.Seconds(), CommonOptions.WarmUp());
        var plain = new Option<bool>("--plain") { Description = "Only confirmed trips whose legs are booked in order." };
        var (json, folder) = (CommonOptions.Json(), CommonOptions.Folder());
        var command = new Command("side-by-side", "Measures the local host and Restate, in turn.")
        {
            concurrency, rounds, seconds, warmUp, plain, json, folder,
        };
        command.SetAction(async (arguments, cancellation) =>
        {
            await PeerPackage.InstallAsync(cancellation);
            LoadPlan Plan(TripKind kind, bool parallel, int clients) =>
                new(null!, kind, parallel, clients, arguments.GetValue(warmUp), arguments.GetValue(seconds));
            List<LoadPlan> plans = [];
            for (var round = 1; round <= arguments.GetValue(rounds); round++)
            {
                plans.AddRange(arguments.GetValue(concurrency)!.Select(clients => Plan(TripKind.Happy, false, clients)));
            }

            if (!arguments.GetValue(plain))
            {
                plans.Add(Plan(TripKind.Happy, true, OtherTripsConcurrency));
                plans.Add(Plan(TripKind.RolledBack, false, OtherTripsConcurrency));
                plans.Add(Plan(TripKind.RolledBack, true, OtherTripsConcurrency));
            }

            var figures = await SideBySideRun.RunAsync(plans, arguments.GetValue(folder)!, cancellation);
            AnsiConsole.Write(TripTable.Of(figures.Local));
            AnsiConsole.Write(TripTable.Of(figures.Peer));
            AnsiConsole.Write(SideBySideTable.Of(figures));
            if (arguments.GetValue(json) is { } file)
            {
                await JsonFile.WriteAsync(file, figures, cancellation);
            }
        });
        return command;
    }
}

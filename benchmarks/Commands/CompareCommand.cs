using System.CommandLine;
using BookingFunctions.Benchmarks.Reports;
using BookingFunctions.Benchmarks.Runs;
using Spectre.Console;

namespace BookingFunctions.Benchmarks.Commands;

/// <summary><c>compare</c>: what has changed from one file of figures to another.</summary>
internal static class CompareCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var before = new Argument<FileInfo>("before") { Description = "What trips --json has written, before a change." };
        var after = new Argument<FileInfo>("after") { Description = "The same after it." };
        var command = new Command("compare", "Compares the figures of two calls of trips: after / before.") { before, after };
        command.SetAction(async (arguments, cancellation) =>
        {
            var old = await JsonFile.ReadAsync<List<TripFigures>>(arguments.GetValue(before)!.FullName, cancellation);
            var now = await JsonFile.ReadAsync<List<TripFigures>>(arguments.GetValue(after)!.FullName, cancellation);
            AnsiConsole.Write(CompareTable.Of(old, now));
        });
        return command;
    }
}

using System.CommandLine;
using BookingFunctions.Benchmarks.Reports;
using BookingFunctions.Benchmarks.Runs;
using BookingFunctions.Benchmarks.Scaling;
using Spectre.Console;

namespace BookingFunctions.Benchmarks.Commands;

/// <summary><c>scaling</c>: how costs grow with histories, fan-outs and open instances.</summary>
internal static class ScalingCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var (json, folder) = (CommonOptions.Json(), CommonOptions.Folder());
        var command = new Command(
            "scaling", "Measures how costs grow with the length of a history, the width of a fan-out and the number of open instances.")
        {
            json, folder,
        };
        command.SetAction(async (arguments, cancellation) =>
        {
            var curves = await ScalingRun.RunAsync(arguments.GetValue(folder)!);
            foreach (var curve in curves)
            {
                var table = new Table().Border(TableBorder.Rounded).Title(curve.Name)
                    .AddColumns(curve.Size, "ms", "CPU, ms", "allocated, KiB");
                foreach (var point in curve.Points)
                {
                    table.AddRow(
                        $"{point.Size:N0}",
                        Spread.Number(point.Milliseconds),
                        Spread.Number(point.CpuMilliseconds),
                        Spread.Number(point.AllocatedBytes / 1024));
                }

                AnsiConsole.Write(table);
            }

            if (arguments.GetValue(json) is { } file)
            {
                await JsonFile.WriteAsync(file, curves, cancellation);
            }
        });
        return command;
    }
}

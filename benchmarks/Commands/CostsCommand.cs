using System.CommandLine;
using BookingFunctions.Benchmarks.Costs;
using BookingFunctions.Benchmarks.Load;
using BookingFunctions.Benchmarks.Reports;

namespace BookingFunctions.Benchmarks.Commands;

/// <summary><c>costs</c>: counts what a trip costs, and fails where that is more than it may be.</summary>
internal static class CostsCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var folder = CommonOptions.Folder();
        var command = new Command(
            "costs", "Counts what a trip costs, without timing anything. Fails if it is more than the bounds in Costs/CostBounds.cs.")
        {
            folder,
        };
        command.SetAction(async (arguments, cancellation) =>
        {
            var exceeded = 0;
            foreach (var kind in Enum.GetValues<TripKind>())
            {
                var costs = await CostRun.RunAsync(kind, arguments.GetValue(folder)!, cancellation);
                Console.WriteLine($"A trip that is {TripKinds.Describe(kind, parallel: false)}:");
                foreach (var ((name, value), (_, bound)) in costs.Values.Zip(CostBounds.For(kind).Values))
                {
                    Console.WriteLine($"  {value,8:F1} {name,-14} of {bound} at most{(value > bound ? "  EXCEEDED" : "")}");
                    exceeded += value > bound ? 1 : 0;
                }
            }

            return exceeded == 0 ? 0 : 1;
        });
        return command;
    }
}

using System.CommandLine;
using BookingFunctions.Benchmarks.Commands;
using BookingFunctions.Benchmarks.Load;

if (args is [LoadGenerator.Command])
{
    return await LoadGenerator.RunAsync(Console.In, Console.Out);
}

var root = new RootCommand("Measures what booking trips costs: the whole application, over HTTP, on a real disk.")
{
    TripsCommand.Create(),
    SideBySideCommand.Create(),
    GrownCommand.Create(),
    WaitingCommand.Create(),
    ScalingCommand.Create(),
    CostsCommand.Create(),
    CompareCommand.Create(),
};
return await root.Parse(args).InvokeAsync();

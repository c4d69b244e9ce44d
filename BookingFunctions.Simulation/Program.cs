using System.CommandLine;
using System.Diagnostics;
using BookingFunctions.Simulation.Runs;
using BookingFunctions.Simulation.Scheduling;
using Trace = BookingFunctions.Simulation.Worlds.Trace;

var seeds = new Option<int>("--seeds") { Description = "Runs so many seeds, and prints those that fail.", DefaultValueFactory = _ => 1000 };
var first = new Option<ulong>("--first") { Description = "The first of them.", DefaultValueFactory = _ => 1 };
var threads = new Option<int>("--threads")
{
    Description = "How many worlds run at a time.",
    DefaultValueFactory = _ => Environment.ProcessorCount,
};
var failures = new Option<int>("--failures") { Description = "Stops after so many of them.", DefaultValueFactory = _ => 5 };
var seed = new Option<ulong?>("--seed") { Description = "Runs one seed, and prints its trace." };
var plain = new Option<bool>("--plain")
{
    Description = "Runs the plain trip with a crash at every point, and with a second one at one point in 16.",
};
var root = new RootCommand("Runs the app in simulated worlds, with faults of all kinds, drawn from a seed.")
{
    seeds, first, threads, failures, seed, plain,
};
root.SetAction(arguments =>
{
    if (arguments.GetValue(seed) is { } one)
    {
        return RunOne(one);
    }

    var watch = Stopwatch.StartNew();
    var result = arguments.GetValue(plain)
        ? PlainTrip.RunAll(pairs: true, arguments.GetValue(threads))
        : SeedRange.Run(
            arguments.GetValue(first),
            arguments.GetValue(seeds),
            arguments.GetValue(threads),
            arguments.GetValue(failures),
            Console.WriteLine);
    if (arguments.GetValue(plain))
    {
        foreach (var failure in result.Failures.Take(arguments.GetValue(failures)))
        {
            Console.WriteLine(failure);
        }
    }

    if (EscapedWorkException.Escapes > 0)
    {
        Console.WriteLine($"Work escaped to the thread pool {EscapedWorkException.Escapes} times: the seeds do not decide everything.");
    }

    Console.WriteLine($"{result} {watch.Elapsed.TotalSeconds:F1} s.");
    return result.Failures.Count == 0 && EscapedWorkException.Escapes == 0 ? 0 : 1;
});
return root.Parse(args).Invoke();

static int RunOne(ulong seed)
{
    var trace = new Trace(Console.Out);
    Exception? error = null;
    try
    {
        SeedRun.Run(seed, trace);
    }
    catch (Exception e)
    {
        error = e;
    }

    Console.WriteLine(error is null ? "All held." : $"FAILED: {error}");
    return error is null ? 0 : 1;
}

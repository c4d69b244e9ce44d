using Spectre.Console;

namespace BookingFunctions.Benchmarks.Load;

/// <summary>Shows how a run goes: in one line that changes, or, where the output is no terminal, not at all before its end.</summary>
internal static class RunProgress
{
    /// <summary>Does something while showing how it goes.</summary>
    public static Task<T> ShowAsync<T>(string name, Func<Action<LoadReport>, Task<T>> run)
    {
        if (!AnsiConsole.Profile.Capabilities.Interactive)
        {
            Console.WriteLine(name);
            return run(_ => { });
        }

        return AnsiConsole.Status().StartAsync(
            Markup.Escape(name), status => run(report => status.Status(Markup.Escape(Text(name, report)))));
    }

    private static string Text(string name, LoadReport report) => report.Phase switch
    {
        LoadPhase.WarmUp => $"{name}: warming up",
        LoadPhase.Measuring => $"{name}: {report.Trips:N0} trips",
        _ => $"{name}: waiting for the last trips",
    };
}

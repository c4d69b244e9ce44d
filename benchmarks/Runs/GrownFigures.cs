namespace BookingFunctions.Benchmarks.Runs;

/// <summary>What many finished trips in the file change.</summary>
/// <param name="Trips">How many there are.</param>
/// <param name="FileBytes">How large the file is.</param>
/// <param name="Empty">Runs on a file without them.</param>
/// <param name="Full">Runs on the file with them, each right after one without.</param>
/// <param name="EmptyStartSeconds">How long the host took to its first answer, without them.</param>
/// <param name="FullStartSeconds">The same with them.</param>
/// <param name="PageMilliseconds">How long a page of the list takes, by what is listed: the middle of many calls.</param>
internal sealed record GrownFigures(
    int Trips,
    long FileBytes,
    List<TripFigures> Empty,
    List<TripFigures> Full,
    List<double> EmptyStartSeconds,
    List<double> FullStartSeconds,
    Dictionary<string, double> PageMilliseconds);

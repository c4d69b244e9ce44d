namespace BookingFunctions.Benchmarks.Runs;

/// <summary>What the disk and SQLite can write at most.</summary>
/// <param name="TripsPerSecond">How many trips' rows a second.</param>
/// <param name="TripsPerCommit">How many trips had a part in a commit.</param>
/// <param name="StatementsPerTrip">How many statements a trip is.</param>
internal sealed record LimitFigures(double TripsPerSecond, int TripsPerCommit, int StatementsPerTrip);

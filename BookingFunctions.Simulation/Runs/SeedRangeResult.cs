using System.Globalization;
using BookingFunctions.Simulation.Worlds;

namespace BookingFunctions.Simulation.Runs;

/// <summary>What became of many worlds.</summary>
internal sealed class SeedRangeResult
{
    private readonly Lock gate = new();
    private readonly List<Failure> failures = [];
    private readonly Counts counts = new();
    private int seeds;

    public IReadOnlyList<Failure> Failures
    {
        get
        {
            lock (gate)
            {
                return [.. failures];
            }
        }
    }

    public Counts Counts => counts;

    public void CountSeed() => Interlocked.Increment(ref seeds);

    public void Add(Failure failure)
    {
        lock (gate)
        {
            failures.Add(failure);
        }
    }

    public void Add(Counts more)
    {
        lock (gate)
        {
            counts.Add(more);
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{seeds} worlds held, {failures.Count} failed: {counts.Instances} instances,"
        + $" {counts.Confirmed} trips confirmed and {counts.Cancelled} cancelled ({counts.CancelledOnRequest} on request,"
        + $" {counts.TooLate} too late,"
        + $" {counts.SoldOut} sold out), {counts.Decisions} undos decided about, {counts.Accepted} legs accepted,"
        + $" {counts.Calls} calls, {counts.Refusals} bookings refused by a circuit,"
        + $" {counts.Commits} commits and {counts.FailedCommits} failed ones,"
        + $" {counts.Crashes} crashes, {counts.Restarts} restarts,"
        + $" {counts.Steps} steps.");
}

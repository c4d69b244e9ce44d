namespace BookingFunctions.Benchmarks.Load;

/// <summary>What a load generator does; it reads this as one line of JSON from its input.</summary>
/// <param name="Url">What to post trips to, over HTTP/1.1.</param>
/// <param name="Kind">Which trips.</param>
/// <param name="Parallel">Whether a trip's legs are booked at once.</param>
/// <param name="Concurrency">
/// How many clients post, each on a connection of its own, and each its next trip when it has the last one's answer.
/// </param>
/// <param name="WarmUpSeconds">How long they do so before it counts.</param>
/// <param name="Seconds">How long it counts.</param>
internal sealed record LoadPlan(Uri Url, TripKind Kind, bool Parallel, int Concurrency, double WarmUpSeconds, double Seconds)
{
    /// <summary>In a few words.</summary>
    public override string ToString() => $"{Concurrency} clients, {TripKinds.Describe(Kind, Parallel)}";
}

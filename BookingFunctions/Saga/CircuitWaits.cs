namespace BookingFunctions.Saga;

/// <summary>
/// How long one call waits for a circuit breaker that refuses it. The waits double, so that an hour of them costs at most 34 tries
/// in the history; a random part of each keeps the trips that wait from coming back at once.
/// </summary>
public sealed class CircuitWaits
{
    /// <summary>How long a call waits in all.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private const double RandomPart = 0.5;

    private static readonly TimeSpan LongestOne = TimeSpan.FromMinutes(2);

    private TimeSpan next = TimeSpan.FromSeconds(5);
    private TimeSpan total;

    /// <summary>How long to wait for the next try.</summary>
    /// <param name="asked">When the circuit may close.</param>
    /// <param name="random">Of the orchestration, so that a replay waits as long.</param>
    /// <returns>The wait; null if it was waited long enough.</returns>
    public TimeSpan? Next(TimeSpan asked, Guid random)
    {
        if (total >= Longest)
        {
            return null;
        }

        var least = asked > next ? asked : next;
        next = least * 2 < LongestOne ? least * 2 : LongestOne;
        var wait = least * (1 + (RandomPart * BitConverter.ToUInt32(random.ToByteArray()) / uint.MaxValue));
        wait = wait < Longest - total ? wait : Longest - total;
        total += wait;
        return wait;
    }
}

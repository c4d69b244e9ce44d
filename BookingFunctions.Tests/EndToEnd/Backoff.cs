namespace BookingFunctions.Tests.EndToEnd;

/// <summary>Asks again soon at first and then more and more seldom: what takes long isn't asked for fifty times a second.</summary>
internal sealed class Backoff
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(250);

    private TimeSpan next = TimeSpan.FromMilliseconds(10);

    public async Task WaitAsync(CancellationToken cancellation = default)
    {
        await Task.Delay(next, cancellation);
        next = next * 1.3 < Longest ? next * 1.3 : Longest;
    }
}

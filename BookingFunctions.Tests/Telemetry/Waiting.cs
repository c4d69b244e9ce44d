using BookingFunctions.Tests.EndToEnd;

namespace BookingFunctions.Tests.Telemetry;

/// <summary>Waits for what is exported a little later than it happens.</summary>
internal static class Waiting
{
    /// <param name="isThere">Whether it is there.</param>
    /// <param name="describe">Says what is there instead.</param>
    public static async Task UntilAsync(Func<bool> isThere, Func<string> describe)
    {
        using var patience = new CancellationTokenSource(LocalApp.Patience);
        while (!isThere())
        {
            if (patience.IsCancellationRequested)
            {
                Assert.Fail($"Waited in vain; what was exported is:\n{describe()}");
            }

            await Task.Delay(20, CancellationToken.None);
        }
    }
}

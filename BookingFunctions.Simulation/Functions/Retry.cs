using Microsoft.DurableTask;

namespace BookingFunctions.Simulation.Functions;

/// <summary>How often the simulator's orchestrators try.</summary>
internal static class Retry
{
    /// <summary>So often that it succeeds in the end.</summary>
    public static TaskOptions Patiently { get; } = TaskOptions.FromRetryPolicy(new RetryPolicy(200, TimeSpan.FromSeconds(1)));
}

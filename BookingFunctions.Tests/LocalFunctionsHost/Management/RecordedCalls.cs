using System.Collections.Concurrent;

namespace BookingFunctions.Tests.LocalFunctionsHost.Management;

/// <summary>Counts the calls of an activity for each instance of a host.</summary>
public sealed class RecordedCalls
{
    private readonly ConcurrentDictionary<string, int> counts = new();

    /// <summary>Counts a call.</summary>
    /// <returns>How many there are then.</returns>
    public int Count(string instanceId) => counts.AddOrUpdate(instanceId, 1, (_, before) => before + 1);
}

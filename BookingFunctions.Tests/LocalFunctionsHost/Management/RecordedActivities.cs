using System.Collections.Concurrent;
using Microsoft.Azure.Functions.Worker;

namespace BookingFunctions.Tests.LocalFunctionsHost.Management;

/// <summary>The activities that the genuine host was recorded with.</summary>
public static class RecordedActivities
{
    private static readonly ConcurrentDictionary<string, int> Calls = new();

    [Function("Echo")]
    public static string Echo([ActivityTrigger] string text) => "echo " + text;

    [Function("Boom")]
    public static string Boom([ActivityTrigger] string text)
    {
        try
        {
            throw new InvalidOperationException("inner " + text);
        }
        catch (InvalidOperationException e)
        {
            throw new ProviderException("outer " + text, e);
        }
    }

    [Function("Flaky")]
    public static string Flaky([ActivityTrigger] string id)
    {
        var call = Calls.AddOrUpdate(id, 1, (_, before) => before + 1);
        return call < 3 ? throw new TimeoutException("attempt " + call) : "third";
    }
}

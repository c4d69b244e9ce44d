using Microsoft.Azure.Functions.Worker;

namespace BookingFunctions.Tests.LocalFunctionsHost.Management;

/// <summary>The activities that the genuine host was recorded with.</summary>
public sealed class RecordedActivities(RecordedCalls calls)
{
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
    public string Flaky([ActivityTrigger] string id)
    {
        var call = calls.Count(id);
        return call < 3 ? throw new TimeoutException("attempt " + call) : "third";
    }
}

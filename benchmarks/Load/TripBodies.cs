using System.Text;
using System.Text.Json;

namespace BookingFunctions.Benchmarks.Load;

/// <summary>The requests that a load generator sends, made before it starts.</summary>
internal static class TripBodies
{
    // As many travelers, cars, hotels and flights: enough that no row of an inventory is in every trip.
    private const int Count = 512;

    /// <summary>Makes the requests, headers included, as they go over the wire.</summary>
    public static ReadOnlyMemory<byte>[] Make(LoadPlan plan) =>
        [.. Enumerable.Range(0, Count).Select(number => (ReadOnlyMemory<byte>)Request(plan, number))];

    /// <summary>A trip's order, without what is the same as the default.</summary>
    public static Dictionary<string, object> Order(TripKind kind, bool parallel, int number)
    {
        var order = new Dictionary<string, object>
        {
            ["name"] = $"Traveler {number}",
            ["car"] = $"Ford {number}",
            ["hotel"] = $"Hilton {number}",
            ["flight"] = kind == TripKind.RolledBack ? $"Invalid {number}" : $"Alaska Airlines {number}",
        };
        if (parallel)
        {
            order["parallel"] = true;
        }

        return order;
    }

    private static byte[] Request(LoadPlan plan, int number)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(Order(plan.Kind, plan.Parallel, number));
        var head =
            $"POST {plan.Url.PathAndQuery} HTTP/1.1\r\nHost: {plan.Url.Authority}\r\nContent-Type: application/json\r\n"
            + $"Prefer: wait=60\r\nContent-Length: {body.Length}\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }
}

using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace BookingFunctions.Tests.Azurite;

/// <summary>Counts the requests of Azurite's access log by what they are for.</summary>
internal sealed partial class StorageRequests
{
    private readonly ConcurrentDictionary<RequestKind, int> counts = [];

    /// <summary>How many there were of each kind so far.</summary>
    public IReadOnlyDictionary<RequestKind, int> Counts => counts.ToDictionary();

    /// <summary>Counts a line of the log, if it is of a request.</summary>
    public void Add(string? line)
    {
        if (Request().Match(line ?? "") is { Success: true } request)
        {
            counts.AddOrUpdate(KindOf(request.Groups["method"].Value, request.Groups["path"].Value), 1, (_, count) => count + 1);
        }
    }

    private static RequestKind KindOf(string method, string path)
    {
        var isQueue = path.Contains("/messages", StringComparison.Ordinal);
        var isTable = path.Contains('(', StringComparison.Ordinal) || path.Contains("$batch", StringComparison.Ordinal) || method == "POST";
        return (method, isQueue, isTable) switch
        {
            ("GET", true, _) => RequestKind.QueueGet,
            ("POST", true, _) => RequestKind.QueuePut,
            ("DELETE", true, _) => RequestKind.QueueDelete,
            (_, true, _) => RequestKind.QueueUpdate,
            _ when path.Contains("Partitions(", StringComparison.Ordinal) => RequestKind.Lease,

            // Of the trips, all of a shard are read only for a list or a sweep.
            ("GET", _, true) when IsList().IsMatch(path) => RequestKind.List,
            ("GET", _, true) => RequestKind.TableRead,
            (_, _, true) => RequestKind.TableWrite,
            _ => RequestKind.Other,
        };
    }

    [GeneratedRegex(@"""(?<method>[A-Z]+) (?<path>\S+) HTTP/1\.1""")]
    private static partial Regex Request();

    [GeneratedRegex(@"/(Trips|UndoDecisions|Reservations)\w*\(\)\?")]
    private static partial Regex IsList();
}

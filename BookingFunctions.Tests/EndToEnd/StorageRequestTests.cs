using BookingFunctions.Tests.Azurite;
using BookingFunctions.Tests.Npm;
using Xunit.Abstractions;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>How many requests a trip sends to the storage account: the table in docs/performance.md.</summary>
public sealed class StorageRequestTests(AzuriteStorage azurite, ITestOutputHelper output) : IClassFixture<AzuriteStorage>
{
    [NpmTheory]
    [InlineData("Alaska Airlines 123", 9, 11, 18)]
    [InlineData("Invalid 123", 15, 17, 26)]
    public async Task A_lone_trip_sends_no_more_requests_than_documented(string flight, int messages, int reads, int writes)
    {
        using var hub = new AzureHub(azurite);
        await using var app = await LocalApp.StartAsync(hub);
        var trip = new TripRequest { Flight = flight };

        // The first one makes the tables and the items' counters.
        await app.BookAsync(trip);
        var before = azurite.Requests.Counts;
        await app.StartTripAsync(trip);
        Dictionary<RequestKind, int> sent;

        // A message is removed after what follows from it was sent, so there is one until the trip has ended.
        do
        {
            await Task.Delay(20);
            sent = Since(before);
        }
        while (sent[RequestKind.QueuePut] != sent[RequestKind.QueueDelete] || sent[RequestKind.QueuePut] == 0);

        output.WriteLine(string.Join(", ", sent.OrderBy(kind => kind.Key).Select(kind => $"{kind.Key} {kind.Value}")));
        Assert.InRange(sent[RequestKind.QueuePut], 1, messages);
        Assert.InRange(sent[RequestKind.TableRead], 1, reads);
        Assert.InRange(sent[RequestKind.TableWrite], 1, writes);
        Assert.Equal(0, sent.GetValueOrDefault(RequestKind.Other));
    }

    private Dictionary<RequestKind, int> Since(IReadOnlyDictionary<RequestKind, int> before) =>
        azurite.Requests.Counts.ToDictionary(kind => kind.Key, kind => kind.Value - before.GetValueOrDefault(kind.Key));
}

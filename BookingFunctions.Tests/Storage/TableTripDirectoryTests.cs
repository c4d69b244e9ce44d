using System.Collections.Concurrent;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using BookingFunctions.Storage;
using BookingFunctions.Tests.Azurite;
using BookingFunctions.Tests.Npm;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Listing;

namespace BookingFunctions.Tests.Storage;

[Collection(SharedAzurite.Name)]
public sealed class TableTripDirectoryTests(AzuriteStorage azurite)
{
    private static readonly string[] Names = ["Zaphod Beeblebrox", "zap", "Zoë", "Alice Zapp", "A", "-"];

    public static TheoryData<string, object[]> Contract => Contracts.TestsOf(typeof(TripDirectoryContract));

    // A table of its own each time, which isn't there yet.
    [NpmTheory]
    [MemberData(nameof(Contract))]
    public Task The_directory_keeps_its_contract(string test, object[] arguments) => Contracts.RunAsync(
        new ContractTests(new TableTripDirectory(new TableClient(azurite.ConnectionString, $"Trips{Guid.NewGuid():N}"))), test, arguments);

    [NpmFact]
    public async Task A_change_goes_by_what_another_process_has_written_since()
    {
        var table = $"Trips{Guid.NewGuid():N}";
        var one = new TableTripDirectory(new TableClient(azurite.ConnectionString, table));
        var other = new TableTripDirectory(new TableClient(azurite.ConnectionString, table));
        var added = new TripRow { Id = "a", Name = "A", CreatedAt = default, UpdatedAt = default, Plan = "{}" };
        await one.AddAsync(added, CancellationToken.None);

        await other.UpdateAsync("a", row => row with { Reason = "by the other" }, CancellationToken.None);
        var seen = await one.UpdateAsync("a", row => row.Reason is null ? row : row with { IsStarted = true }, CancellationToken.None);
        var last = await other.UpdateAsync("a", row => row with { Status = TripState.Confirmed }, CancellationToken.None);

        Assert.Equal(("by the other", true), (seen!.Reason, seen.IsStarted));
        Assert.Equal(added with { Reason = "by the other", IsStarted = true, Status = TripState.Confirmed }, last);
        Assert.Equal(last, await one.FindAsync("a", CancellationToken.None));
    }

    [NpmTheory]
    [InlineData("Zap", "by3-ZAP-", 2)]
    [InlineData("zaphod b", "by3-ZAP-", 1)]
    [InlineData("z", "by1-Z-", 3)]
    [InlineData("Q", "by1-Q-", 0)]
    public async Task Names_are_found_by_their_first_letters_however_many_others_there_are(string start, string list, int count)
    {
        using var requests = new RequestLog();
        var options = new TableClientOptions { Transport = new HttpClientTransport(requests) };
        var directory = new TableTripDirectory(new TableClient(azurite.ConnectionString, $"Trips{Guid.NewGuid():N}", options));
        foreach (var (name, number) in Names.Select((name, i) => (name, i)))
        {
            var at = DateTimeOffset.UnixEpoch.AddDays(number);
            await directory.AddAsync(
                new TripRow { Id = $"t{number}", Name = name, CreatedAt = at, UpdatedAt = at, Plan = "{}" }, CancellationToken.None);
        }

        requests.Queries.Clear();
        var page = await directory.ListAsync(new TripQuery { NamePrefix = start }, CancellationToken.None);

        Assert.Equal(count, page.Trips.Count);
        Assert.Null(page.ContinuationToken);

        // One question a shard, of a list that has no others, and one a trip.
        var asked = requests.Queries.Where(query => query.Contains("$filter", StringComparison.Ordinal)).ToList();
        Assert.Equal(16, asked.Count);
        Assert.All(asked, query => Assert.Contains($"RowKey ge '{list}'", query, StringComparison.Ordinal));
        Assert.Equal(16 + count, requests.Queries.Count);
    }

    private sealed class RequestLog() : DelegatingHandler(new HttpClientHandler())
    {
        public ConcurrentQueue<string> Queries { get; } = new();

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Queries.Enqueue(Uri.UnescapeDataString(request.RequestUri!.PathAndQuery).Replace('+', ' '));
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class ContractTests(ITripDirectory directory) : TripDirectoryContract
    {
        protected override ITripDirectory Directory => directory;
    }
}

using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BookingFunctions.Tests.EndToEnd;
using BookingFunctions.Tests.Local;
using BookingFunctions.Tests.LocalFunctionsHost;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Listing;

namespace BookingFunctions.Tests.Contract;

/// <summary>What <c>GET /api/trips</c> lists.</summary>
public sealed class ListTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    private readonly TripStores stores = new();
    private TestHost host = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        for (var i = 0; i < 120; i++)
        {
            await stores.Directory.AddAsync(
                new TripRow
                {
                    Id = string.Create(CultureInfo.InvariantCulture, $"trip-{i:000}"),
                    Name = i % 2 == 0 ? "Alice Jones" : "Bob & Co. ü",
                    CreatedAt = Start.AddMinutes(i),
                    UpdatedAt = Start.AddMinutes(i),
                    Status = i % 3 == 0 ? TripState.Cancelled : TripState.Confirmed,
                    Reason = i % 3 == 0 ? "No flight." : null,
                    Plan = "{}",
                },
                CancellationToken.None);
        }

        host = await ApiHost.StartAsync(stores.Directory, stores.Reservations);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        await stores.DisposeAsync();
    }

    [Fact]
    public async Task The_newest_fifty_come_first_each_with_what_the_directory_knows()
    {
        var page = await ListAsync("");

        Assert.Equal(Ids(Enumerable.Range(70, 50)), Ids(page));
        Assert.Equal(
            """{"id":"trip-119","name":"Bob & Co. ü","status":"Confirmed","reason":null"""
            + ""","createdAt":"2026-03-01T10:59:00+00:00","lastUpdatedAt":"2026-03-01T10:59:00+00:00"}""",
            page.GetProperty("trips")[0].GetRawText());
    }

    [Fact]
    public async Task Pages_follow_each_other_to_the_last_whose_token_is_null()
    {
        var (ids, sizes, token) = (new List<string>(), new List<int>(), (string?)null);
        do
        {
            var page = await ListAsync(token is null ? "?pageSize=50" : $"?pageSize=50&continuationToken={Uri.EscapeDataString(token)}");
            ids.AddRange(Ids(page));
            sizes.Add(Ids(page).Count);
            token = page.GetProperty("continuationToken").GetString();
        }
        while (token is not null);

        Assert.Equal(Ids(Enumerable.Range(0, 120)), ids);
        Assert.Equal([50, 50, 20], sizes);
    }

    [Theory]
    [InlineData("?status=cancelled&pageSize=500", 40)]
    [InlineData("?status=Booking", 0)]
    [InlineData("?name=alice&pageSize=500", 60)]
    [InlineData("?name=Bob%20%26&pageSize=500", 60)]
    [InlineData("?name=lice", 0)]
    [InlineData("?from=2026-03-01T09:10:00Z&to=2026-03-01T09:19:00Z", 10)]
    [InlineData("?from=2026-03-01T10:10:00%2B01:00&to=2026-03-01T09:19:00Z", 10)]
    [InlineData("?status=Confirmed&name=B&from=2026-03-01T10:50:00Z", 3)]
    [InlineData("?code=key&pageSize=1", 1)]
    public async Task A_filter_leaves_those_that_it_names(string query, int count) =>
        Assert.Equal(count, Ids(await ListAsync(query)).Count);

    [Theory]
    [InlineData("?status=Lost", "status")]
    [InlineData("?status=", "status")]
    [InlineData("?name=", "name")]
    [InlineData("?from=yesterday&to=tomorrow", "from", "to")]
    [InlineData("?from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z", "from")]
    [InlineData("?pageSize=0", "pageSize")]
    [InlineData("?pageSize=501", "pageSize")]
    [InlineData("?pageSize=5&pageSize=6", "pageSize")]
    [InlineData("?continuationToken=garbage", "continuationToken")]
    [InlineData("?continuationToken=%00%ff", "continuationToken")]
    [InlineData("?page=2&limit=7", "page", "limit")]
    public async Task A_wrong_parameter_is_named(string query, params string[] names)
    {
        using var response = await host.Http.GetAsync(new Uri($"api/trips{query}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var errors = (await response.ProblemAsync()).GetProperty("errors").EnumerateObject().Select(error => error.Name);
        Assert.Equal(names.Order(StringComparer.Ordinal), errors.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Texts_that_are_too_long_are_refused()
    {
        using var response = await host.Http.GetAsync(
            new Uri($"api/trips?name={new string('a', 201)}&continuationToken={new string('b', 1001)}", UriKind.Relative));

        var problem = await response.ProblemAsync();
        Assert.Equal(["continuationToken", "name"], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name).Order());
    }

    private static List<string> Ids(IEnumerable<int> numbers) =>
        [.. numbers.Select(number => string.Create(CultureInfo.InvariantCulture, $"trip-{number:000}")).Reverse()];

    private static List<string> Ids(JsonElement page) =>
        [.. page.GetProperty("trips").EnumerateArray().Select(trip => trip.GetProperty("id").GetString()!)];

    private Task<JsonElement> ListAsync(string query) =>
        host.Http.GetFromJsonAsync<JsonElement>(new Uri($"api/trips{query}", UriKind.Relative));
}

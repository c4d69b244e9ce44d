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

/// <summary>What <c>GET /api/counts</c> counts.</summary>
public sealed class CountTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    private readonly TripStores stores = new();
    private TestHost host = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        var states = Enum.GetValues<TripState>();
        for (var i = 0; i < 60; i++)
        {
            await AddAsync(i, Start.AddSeconds(i * 10), states[i % states.Length]);
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
    public async Task Each_minute_has_its_trips_by_status_oldest_first()
    {
        var counts = await CountAsync("?from=2026-03-01T09:08:00Z&to=2026-03-01T10:00:00Z");

        Assert.Equal(
            """{"from":"2026-03-01T09:08:00+00:00","to":"2026-03-01T10:00:00+00:00","minutes":["""
            + """{"at":"2026-03-01T09:08:00+00:00","booking":1,"confirmed":1,"rollingBack":1,"cancelled":2,"needsAttention":1},"""
            + """{"at":"2026-03-01T09:09:00+00:00","booking":1,"confirmed":1,"rollingBack":1,"cancelled":1,"needsAttention":2}]}""",
            counts.GetRawText());
    }

    [Fact]
    public async Task Without_parameters_it_is_the_last_hour()
    {
        await AddAsync(100, DateTimeOffset.UtcNow, TripState.Confirmed);

        var counts = await CountAsync("");

        Assert.Equal(TimeSpan.FromHours(1), counts.GetProperty("to").GetDateTimeOffset() - counts.GetProperty("from").GetDateTimeOffset());
        Assert.Equal(1, Assert.Single(counts.GetProperty("minutes").EnumerateArray()).GetProperty("confirmed").GetInt32());
    }

    [Theory]
    [InlineData("?from=yesterday", "from")]
    [InlineData("?to=0001-01-01T00:00:00Z&from=0001-01-01T00:00:01Z", "from")]
    [InlineData("?from=2026-03-01T09:00:00Z&to=2026-03-02T09:00:01Z", "from")]
    [InlineData("?minutes=7", "minutes")]
    public async Task A_wrong_parameter_is_named(string query, string name)
    {
        using var response = await host.Http.GetAsync(new Uri($"api/counts{query}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(name, Assert.Single((await response.ProblemAsync()).GetProperty("errors").EnumerateObject()).Name);
    }

    [Theory]
    [InlineData("?to=0001-01-01T00:00:00Z")]
    [InlineData("?from=0000-01-01T00:00:00Z&to=0001-01-01T00:00:00Z")]
    [InlineData("?from=9999-12-31T12:00:00Z&to=9999-12-31T23:59:60Z")]
    [InlineData("?from=2026-03-01T00:00:00Z&to=2026-03-01T00:00:00Z")]
    public async Task Where_there_was_no_trip_there_is_no_minute(string query) =>
        Assert.Empty((await CountAsync(query)).GetProperty("minutes").EnumerateArray());

    private Task<JsonElement> CountAsync(string query) =>
        host.Http.GetFromJsonAsync<JsonElement>(new Uri($"api/counts{query}", UriKind.Relative));

    private Task<TripRow> AddAsync(int number, DateTimeOffset createdAt, TripState status) => stores.Directory.AddAsync(
        new TripRow
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"trip-{number}"),
            Name = "Alice Jones",
            CreatedAt = createdAt,
            UpdatedAt = createdAt,
            Status = status,
            Plan = "{}",
        },
        CancellationToken.None);
}

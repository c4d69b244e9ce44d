using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BookingFunctions.Storage;
using BookingFunctions.Tests.EndToEnd;
using BookingFunctions.Tests.Local;
using BookingFunctions.Tests.LocalFunctionsHost;
using BookingFunctions.Tests.Travel;
using BookingFunctions.Travel;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Listing;

namespace BookingFunctions.Tests.Contract;

/// <summary>What <c>GET /api/reconciliation</c> finds.</summary>
public sealed class ReconciliationTests : IAsyncLifetime
{
    private readonly TripStores stores = new();
    private TestHost host = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync() => host = await ApiHost.StartAsync(stores.Directory, stores.Reservations);

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        await stores.DisposeAsync();
    }

    [Fact]
    public async Task Where_everything_matches_nothing_is_found()
    {
        await AddAsync("confirmed", TripState.Confirmed, Leg.Car, Leg.Hotel, Leg.Flight);
        await AddAsync("cancelled", TripState.Cancelled);

        await AssertFindsAsync([], [], [], 3);
    }

    [Fact]
    public async Task An_empty_store_matches() => await AssertFindsAsync([], [], [], 0);

    [Fact]
    public async Task What_is_held_for_a_cancelled_trip_or_for_none_is_an_orphan()
    {
        await AddAsync("cancelled", TripState.Cancelled, Leg.Hotel);
        await BookAsync("unknown", Leg.Flight);
        await stores.Reservations.BookAsync("strange", Leg.Car, "Ford", "C-1", 10, CancellationToken.None);

        var report = await AssertFindsAsync(["cancelled-hotel", "strange", "unknown-flight"], [], [], 3);

        var orphan = report.GetProperty("orphans").EnumerateArray().Single(found => found.GetProperty("tripId").GetString() == "cancelled");
        Assert.Equal(
            """{"reservationId":"cancelled-hotel","tripId":"cancelled","leg":"hotel","item":"Hilton 123","confirmation":"X-hotel","reason":"The trip is cancelled."}""",
            orphan.GetRawText());
    }

    [Fact]
    public async Task What_a_confirmed_trip_lacks_is_missing()
    {
        await AddAsync("partly", TripState.Confirmed, Leg.Car, Leg.Hotel, Leg.Flight);
        await stores.Reservations.UndoAsync("partly-hotel", Leg.Hotel, SampleTrips.Plain.Hotel, CancellationToken.None);
        await AddAsync("hollow", TripState.Confirmed);

        await AssertFindsAsync([], ["hollow-car", "hollow-flight", "hollow-hotel", "partly-hotel"], [], 2);
    }

    [Fact]
    public async Task What_an_operator_has_skipped_is_accepted()
    {
        var legs = TripStatus.New.Legs.ToArray();
        legs[(int)Leg.Hotel] = new LegStatus(Leg.Hotel, LegState.UndoFailed, 1, "X-hotel");
        await AddAsync("skipped", TripState.Cancelled, Leg.Hotel, Leg.Car);
        await stores.Directory.UpdateAsync(
            "skipped",
            entry => entry with { Outcome = JsonSerializer.Serialize(TripStatus.New with { Status = TripState.Cancelled, Legs = legs }) },
            CancellationToken.None);

        await AssertFindsAsync(["skipped-car"], [], ["skipped-hotel"], 2);
    }

    [Theory]
    [InlineData(TripState.Booking)]
    [InlineData(TripState.RollingBack)]
    [InlineData(TripState.NeedsAttention)]
    public async Task A_trip_that_is_not_decided_is_left_for_later(TripState state)
    {
        await AddAsync("moving", state, Leg.Car);

        await AssertFindsAsync([], [], [], 0);
    }

    [Fact]
    public async Task Many_are_found_as_well_as_few()
    {
        var ids = Enumerable.Range(0, 2000).Select(i => string.Create(CultureInfo.InvariantCulture, $"t{i:0000}")).ToList();
        await Task.WhenAll(ids.Select(async id =>
        {
            await BookAsync(id, Leg.Car);
            await AddAsync($"{id}-not", TripState.Confirmed, Leg.Car, Leg.Flight);
        }));

        await AssertFindsAsync([.. ids.Select(id => $"{id}-car")], [.. ids.Select(id => $"{id}-not-hotel")], [], 6000);
    }

    [Fact]
    public async Task What_is_found_is_sent_while_the_rest_is_read()
    {
        var store = new EndlessStore();
        await using var endless = await ApiHost.StartAsync(stores.Directory, store);
        using var response = await endless.Http.GetAsync(
            new Uri("api/reconciliation", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var begin = new char[100_000];
        Assert.Equal(begin.Length, await reader.ReadBlockAsync(begin));

        store.End();
        var report = JsonElement.Parse(new string(begin) + await reader.ReadToEndAsync());

        Assert.Equal(store.Count, report.GetProperty("orphans").GetArrayLength());
        Assert.Equal(store.Count, report.GetProperty("checked").GetInt32());
    }

    [Fact]
    public async Task Who_leaves_ends_the_comparison()
    {
        var store = new EndlessStore();
        await using var endless = await ApiHost.StartAsync(stores.Directory, store);
        using (await endless.Http.GetAsync(new Uri("api/reconciliation", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead))
        {
        }

        await endless.StopAsync().WaitAsync(TestHost.Patience);
    }

    [Fact]
    public async Task A_store_that_fails_is_a_problem_and_no_clean_bill()
    {
        using var response = await ApiHost.GetFromBrokenAsync("api/reconciliation");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        await response.ProblemAsync();
    }

    private static IReadOnlyList<string> Ids(JsonElement report, string list) =>
    [
        .. report.GetProperty(list).EnumerateArray().Select(found => found.GetProperty("reservationId").GetString()!)
            .Order(StringComparer.Ordinal),
    ];

    private async Task<JsonElement> AssertFindsAsync(string[] orphans, string[] missing, string[] accepted, long count)
    {
        var report = await host.Http.GetFromJsonAsync<JsonElement>(new Uri("api/reconciliation", UriKind.Relative));
        Assert.Equal(["orphans", "missing", "accepted", "checked"], report.EnumerateObject().Select(property => property.Name));
        Assert.Equal(orphans, Ids(report, "orphans"));
        Assert.Equal(missing, Ids(report, "missing"));
        Assert.Equal(accepted, Ids(report, "accepted"));
        Assert.Equal(count, report.GetProperty("checked").GetInt64());
        return report;
    }

    private async Task AddAsync(string id, TripState state, params Leg[] booked)
    {
        var plan = new TripPlan(SampleTrips.Plain, new SagaOptions().Booking(), new SagaOptions().Undo());
        await stores.Directory.AddAsync(
            new TripRow
            {
                Id = id,
                Name = "Alice",
                CreatedAt = default,
                UpdatedAt = default,
                Status = state,
                Plan = JsonSerializer.Serialize(plan),
            },
            CancellationToken.None);
        foreach (var leg in booked)
        {
            await BookAsync(id, leg);
        }
    }

    private Task<Reservation?> BookAsync(string tripId, Leg leg)
    {
        var booking = Booking.Of(tripId, leg, SampleTrips.Plain);
        var confirmation = $"X-{leg.ToString().ToLowerInvariant()}";
        return stores.Reservations.BookAsync(
            booking.ReservationId, leg, booking.Item, confirmation, 10_000, CancellationToken.None);
    }
}

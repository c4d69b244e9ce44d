using System.Net;
using System.Text.Json;
using BookingFunctions.Tests.Travel.Suppliers;
using Supplier;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>Calls made for a trip carry the trace of the request that started it.</summary>
public sealed class TraceTests
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string TraceParent = $"00-{TraceId}-00f067aa0ba902b7-01";
    private const string Future = $"cc-{TraceId}-00f067aa0ba902b7-01-what-the-future-will-be-like";

    [Fact]
    public async Task Suppliers_are_told_the_trace_of_the_trip_before_and_after_a_crash()
    {
        using var data = new DataFile();
        await using var supplier = await TestSupplier.StartAsync();
        supplier.Misbehave(new Misbehaviour(Kind.Status, Status: 503, Times: int.MaxValue));
        var settings = ("Providers__Flight__BaseAddress", supplier.Address);
        string id;
        await using (var app = await LocalApp.StartAsync(data, settings))
        {
            using var started = await app.PostTripAsync(
                new TripRequest { Attempts = 1000 }, traceParent: Future, traceState: "vendor=1,other=2");
            id = JsonElement.Parse(await started.Content.ReadAsStringAsync()).GetProperty("id").GetString()!;
            await app.UntilAsync(id, trip => trip.Legs[2].Attempt > 2);
            await app.KillAsync();
        }

        var before = supplier.Calls;
        supplier.Behave();
        await using (var app = await LocalApp.StartAsync(data, settings))
        {
            await app.DecidedAsync(id);
            await app.CancelAsync(id);
            await app.UntilAsync(id, trip => trip.Status == "Cancelled");
        }

        Assert.True(supplier.Calls > before);
        Assert.All(supplier.Traces, trace => Assert.Equal((TraceId, "vendor=1,other=2"), (trace.Parent.Split('-')[1], trace.State)));
    }

    [Fact]
    public async Task Problem_documents_say_the_trace()
    {
        using var data = new DataFile();
        await using var app = await LocalApp.StartAsync(data);
        foreach (var path in new[] { "api/trips/none", "api/trips?pageSize=0" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("traceparent", TraceParent);
            using var response = await app.Http.SendAsync(request);

            Assert.False(response.IsSuccessStatusCode);
            var problem = JsonElement.Parse(await response.Content.ReadAsStringAsync());
            Assert.Contains(TraceId, problem.GetProperty("traceId").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Traces_are_read_by_the_rules_of_W3C_and_what_can_not_be_read_begins_a_new_one()
    {
        using var data = new DataFile();
        await using var supplier = await TestSupplier.StartAsync();
        await using var app = await LocalApp.StartAsync(data, ("Providers__Flight__BaseAddress", supplier.Address));

        foreach (var (header, isRead) in new[]
        {
            (TraceParent, true),
            (TraceParent[..^2] + "00", true),
            (Future, true),
            ("cc" + TraceParent[2..], true),
            (TraceParent + "-more", false),
            ("cc" + TraceParent[2..] + ".more", false),
            ("ff" + TraceParent[2..], false),
            ("CC" + TraceParent[2..], false),
            ("0x" + TraceParent[2..], false),
            (TraceParent.ToUpperInvariant(), false),
            (TraceParent[..^1], false),
            ($"00-{new string('0', 32)}-00f067aa0ba902b7-01", false),
            ($"00-{TraceId}-{new string('0', 16)}-01", false),
            ("00-zz-" + new string('x', 1000), false),
            ("", false),
        })
        {
            var before = supplier.Calls;
            using var booked = await app.PostTripAsync(new TripRequest(), waitSeconds: 60, traceParent: header, traceState: "vendor=1");
            Assert.Equal(HttpStatusCode.OK, booked.StatusCode);
            var (parent, state) = supplier.Traces[before];
            Assert.Equal((header, isRead, isRead ? "vendor=1" : ""), (header, parent.Contains(TraceId, StringComparison.Ordinal), state));

            using var refused = await app.PostTripAsync(new TripRequest { Attempts = 0 }, traceParent: header);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            var trace = JsonElement.Parse(await refused.Content.ReadAsStringAsync()).GetProperty("traceId").GetString()!;
            Assert.Equal((header, isRead), (header, trace.Contains(TraceId, StringComparison.Ordinal)));
            Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$", trace);
            Assert.DoesNotContain(new string('0', 32), trace, StringComparison.Ordinal);
        }
    }
}

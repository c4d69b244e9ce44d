using System.Net;
using System.Text.Json;
using BookingFunctions.Tests.Travel.Suppliers;
using Supplier;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>Whoever is called for a trip is told the trace that it was asked for in.</summary>
public sealed class TraceTests
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string TraceParent = $"00-{TraceId}-00f067aa0ba902b7-01";

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
            using var started = await app.PostTripAsync(new TripRequest { Attempts = 1000 }, traceParent: TraceParent);
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
        Assert.All(supplier.Traces, trace => Assert.Equal(TraceId, trace.Split('-')[1]));
    }

    [Fact]
    public async Task Problem_documents_say_the_trace()
    {
        using var data = new DataFile();
        await using var app = await LocalApp.StartAsync(data);
        foreach (var path in new[] { "api/trips/none", "api/trips?pageSize=0", "api/nowhere" })
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
    public async Task A_trace_that_can_not_be_read_does_no_harm()
    {
        using var data = new DataFile();
        await using var app = await LocalApp.StartAsync(data);
        using var response = await app.PostTripAsync(new TripRequest(), waitSeconds: 60, traceParent: "00-zz-" + new string('x', 1000));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}

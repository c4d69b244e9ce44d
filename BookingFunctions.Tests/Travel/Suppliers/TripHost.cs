using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BookingFunctions.Local;
using BookingFunctions.Local.Backends;
using BookingFunctions.Saga;
using BookingFunctions.Storage;
using BookingFunctions.Tests.EndToEnd;
using BookingFunctions.Tests.LocalFunctionsHost;
using BookingFunctions.Tests.Telemetry;
using LocalFunctionsHost;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using TripId = BookingFunctions.Trips.TripId;

namespace BookingFunctions.Tests.Travel.Suppliers;

/// <summary>The whole application in this process, with a real port and a real file.</summary>
internal sealed class TripHost : IAsyncDisposable
{
    private const string HostJson = """{"version":"2.0","extensions":{"http":{"routePrefix":""},"durableTask":{"defaultVersion":"1.0"}}}""";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private TestHost host;

    private TripHost(TestHost host) => this.host = host;

    /// <param name="settings">Settings, as in the environment, on top of <see cref="Settings.Quick"/>.</param>
    public static Task<TripHost> StartAsync(params (string Name, string Value)[] settings) => StartAsync(null, settings);

    /// <param name="exports">Gets its telemetry; null if nothing is to be collected.</param>
    /// <param name="settings">Settings, as in the environment, on top of <see cref="Settings.Quick"/>.</param>
    public static async Task<TripHost> StartAsync(Exports? exports, params (string Name, string Value)[] settings) =>
        new(await TestHost.StartAsync(typeof(BookTrip).Assembly.GetTypes(), HostJson, builder => Configure(builder, exports, settings)));

    /// <summary>Stops it, and starts another one on its file.</summary>
    public async Task RestartAsync(Exports? exports, params (string Name, string Value)[] settings) =>
        host = await host.RestartAsync(HostJson, builder => Configure(builder, exports, settings));

    /// <summary>Starts a trip, and gives its id.</summary>
    public async Task<string> StartTripAsync(EndToEnd.TripRequest trip, bool parallel = false)
    {
        var body = new { trip.Name, trip.Car, trip.Hotel, trip.Flight, Attempts = trip.Attempts ?? 10, parallel };
        using var response = await host.Http.PostAsJsonAsync("api/trips", body, Json);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    /// <summary>Starts a trip and waits until it is decided, or needs an operator.</summary>
    public async Task<TripJson> BookAsync(EndToEnd.TripRequest trip, bool parallel = false)
    {
        var id = await StartTripAsync(trip, parallel);
        return await UntilAsync(id, trip => trip.HasEnded);
    }

    /// <summary>Waits until a trip is as it should be.</summary>
    public async Task<TripJson> UntilAsync(string id, Func<TripJson, bool> isThere)
    {
        using var patience = new CancellationTokenSource(LocalApp.Patience);
        var backoff = new Backoff();
        while (true)
        {
            var trip = (await host.Http.GetFromJsonAsync<TripJson>($"api/trips/{id}", Json, patience.Token))!;
            if (isThere(trip))
            {
                return trip;
            }

            await backoff.WaitAsync(patience.Token);
        }
    }

    /// <summary>An operator's request to try the undo of a leg again.</summary>
    public async Task RetryUndoAsync(string id, string leg)
    {
        using var response = await host.Http.PostAsJsonAsync($"api/trips/{id}/legs/{leg}/undo", new { action = "retry" });
        response.EnsureSuccessStatusCode();
    }

    /// <summary>An operator's decision to leave a leg as it is.</summary>
    public async Task SkipUndoAsync(string id, string leg)
    {
        using var response = await host.Http.PostAsJsonAsync($"api/trips/{id}/legs/{leg}/undo", new { action = "skip" });
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Has the metrics exported as they are now.</summary>
    public void ForceFlush() => host.App.Services.GetRequiredService<MeterProvider>().ForceFlush();

    /// <summary>What the application's own store says is held.</summary>
    public async Task<IReadOnlyList<Reservation>> HeldAsync()
    {
        var held = new List<Reservation>();
        await foreach (var reservation in host.App.Services.GetRequiredService<IReservationStore>().ListLiveAsync(CancellationToken.None))
        {
            held.Add(reservation);
        }

        return held;
    }

    /// <summary>Ends it: whatever a test has done, no reservation may be an orphan or missing.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            var report = await host.Http.GetFromJsonAsync<JsonElement>("api/reconciliation");
            Assert.Equal("[]", report.GetProperty("orphans").GetRawText());
            Assert.Equal("[]", report.GetProperty("missing").GetRawText());
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    private static void Configure(LocalFunctionsHostBuilder builder, Exports? exports, (string Name, string Value)[] settings)
    {
        foreach (var (name, value) in Settings.Quick.Concat(settings))
        {
            builder.Configuration[name.Replace("__", ":", StringComparison.Ordinal)] = value;
        }

        builder.Services.AddBookingFunctions(builder.Configuration);
        builder.UseBackend();
        builder.InstanceNameInLogs = TripId.InLogs;
        if (exports is not null)
        {
            LocalTelemetry.Collect(builder.Services, builder.Configuration);
            exports.AddTo(builder.Services);
        }
    }
}

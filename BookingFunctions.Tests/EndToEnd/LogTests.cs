using System.Net;
using System.Text;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>What the application writes to its log holds no key and no traveler's name, whatever goes wrong.</summary>
public sealed class LogTests
{
    private const string Master = "master-key-0123456789";
    private const string Operator = "operator-key-0123456789";
    private const string WrongKey = "wrong-key-0123456789";
    private const string SupplierKey = "supplier-key-0123456789";
    private const string IdempotencyKey = "order-of-beeblebrox";

    [Fact]
    public async Task No_name_and_no_key_is_in_the_log()
    {
        var traveler = new TripRequest { Name = "Zaphod Beeblebrox" };
        using var data = new DataFile();
        (string Name, string Value)[] settings =
        [
            ("Keys__Master", Master),
            ("Keys__Host__trillian", Operator),
            ("Saga__UndoAttempts", "2"),
            ("Saga__Attempts", "2"),
            ("Notify__Url", $"http://127.0.0.1:9/notify?key={SupplierKey}"),
            ("Providers__Flight__BaseAddress", "http://127.0.0.1:9/"),
            ("Providers__Flight__Key", SupplierKey),
        ];
        string output;
        string stuck;
        await using (var app = await StartAsync(data, settings))
        {
            // Booked in part, undone in part, stuck, cancelled, cut off, and asked for again.
            stuck = (await app.BookAsync(traveler with { Car = "Flaky Ford", Hotel = "Stuck Inn", Attempts = 7 })).Id;
            await app.BookAsync(traveler with { Hotel = "Buggy Inn", Parallel = true });
            using (await app.PostTripAsync(traveler, key: IdempotencyKey))
            {
            }

            using (await app.PostTripAsync(traveler with { Car = "Other" }, key: IdempotencyKey))
            {
            }

            await app.DecideAsync(stuck, "flight", "skip");
            await app.UntilAsync(stuck, trip => trip.Legs[2].Skipped is not null);
            await app.DecideAsync(stuck, "hotel", "skip", "Zaphod has paid");
            await app.UntilAsync(stuck, trip => trip.Status == "Cancelled");
            var slow = await app.StartTripAsync(traveler with { Car = "Slow Ford" });
            await app.CancelAsync(slow, "Beeblebrox is ill");
            await AskAsync(app, HttpMethod.Get, $"api/trips/{stuck}/history");
            await AskAsync(app, HttpMethod.Get, "api/trips?name=Zaphod");
            await AskAsync(app, HttpMethod.Get, "api/trips/zaphod-beeblebrox-0000000000");
            await AskAsync(app, HttpMethod.Post, "api/trips", "{\"name\":\"Zaphod Beeblebrox\",\"oops\":");
            await AskAsync(app, HttpMethod.Post, "api/trips", "{\"name\":\"Zaphod Beeblebrox\",\"car\":\"\u0000\"}");
            await AskAsync(app, HttpMethod.Post, $"runtime/webhooks/durabletask/instances/{slow}/terminate?reason=Zaphod&code={Operator}");
            await AskAsync(
                app, HttpMethod.Post, "runtime/webhooks/durabletask/orchestrators/BookTrip/zaphod-beeblebrox", "{\"name\":\"Zaphod\"}");
            await AskAsync(app, HttpMethod.Get, $"api/trips?code={WrongKey}");
            await app.KillAsync();
            output = app.Output;
        }

        await using (var again = await StartAsync(data, settings))
        {
            await AskAsync(again, HttpMethod.Get, $"api/trips/{stuck}");
            await again.StopAsync();
            output += again.Output;
        }

        Assert.Contains(stuck[^10..], output, StringComparison.Ordinal);
        foreach (var secret in new[] { "zaphod", "beeblebrox", Master, Operator, WrongKey, SupplierKey, IdempotencyKey })
        {
            Assert.DoesNotContain(secret, output, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static async Task<LocalApp> StartAsync(DataFile data, (string Name, string Value)[] settings)
    {
        var app = await LocalApp.StartAsync(data, settings);
        app.Http.DefaultRequestHeaders.Add("x-functions-key", Master);
        return app;
    }

    private static async Task AskAsync(LocalApp app, HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await app.Http.SendAsync(request);
        Assert.NotEqual(HttpStatusCode.InternalServerError, response.StatusCode);
    }
}

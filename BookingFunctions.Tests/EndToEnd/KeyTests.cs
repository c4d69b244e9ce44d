using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BookingFunctions.Local.WhatIf;
using BookingFunctions.Saga;
using LocalFunctionsHost.Functions;
using Microsoft.Azure.Functions.Worker;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>The application with keys: what is open, what is not, and who is said to have decided.</summary>
public sealed class KeyTests : IAsyncLifetime, IDisposable
{
    private const string Master = "master-key-0123456789";
    private const string Shop = "shop-key-0123456789";
    private const string Operator = "operator-key-0123456789";
    private const string Header = "x-functions-key";

    private readonly DataFile data = new();
    private LocalApp app = null!;

    public async Task InitializeAsync()
    {
        app = await LocalApp.StartAsync(
            data,
            ("Keys__Master", Master),
            ("Keys__Host__grace", Operator),
            ("Keys__Functions__StartTrip__shop", Shop),
            ("Keys__Functions__GetTrip__shop", Shop),
            ("Saga__UndoAttempts", "1"));
        app.Http.DefaultRequestHeaders.Add(Header, Master);
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    public void Dispose() => data.Dispose();

    [Fact]
    public async Task Without_a_key_only_what_is_for_everybody_answers()
    {
        using var http = new HttpClient { BaseAddress = app.Address };
        var types = typeof(BookTrip).Assembly.GetTypes().Concat(typeof(WhatIfFunctions).Assembly.GetTypes());
        foreach (var function in FunctionDiscovery.Find(types).Http)
        {
            foreach (var method in function.Methods)
            {
                var path = function.Route
                    .Replace("{id}", "none", StringComparison.Ordinal)
                    .Replace("{leg}", "car", StringComparison.Ordinal);
                using var request = new HttpRequestMessage(new HttpMethod(method), path);
                using var response = await http.SendAsync(request);

                var isApi = function.Route.StartsWith("api/", StringComparison.Ordinal)
                    || function.Route.StartsWith("what-if/", StringComparison.Ordinal);
                var isOpen = !isApi || function.Route is "api/health" or "api/openapi.json";
                Assert.Equal(isOpen ? AuthorizationLevel.Anonymous : AuthorizationLevel.Function, function.Level);
                Assert.True(
                    isOpen == (response.StatusCode != HttpStatusCode.Unauthorized), $"{method} {path} answers {response.StatusCode}.");
            }
        }
    }

    [Fact]
    public async Task A_shop_books_and_reads_with_its_key_but_does_nothing_else()
    {
        using var shop = Client(Shop);
        using var started = await shop.PostAsJsonAsync(new Uri("api/trips", UriKind.Relative), new TripRequest());
        Assert.True(started.StatusCode == HttpStatusCode.Accepted, $"{started.StatusCode}: {await started.Content.ReadAsStringAsync()}");
        var id = (await started.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(shop, $"api/trips/{id}"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(shop, "api/trips"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(shop, $"api/trips/{id}/history"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(shop, "api/reconciliation"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(shop, $"runtime/webhooks/durabletask/instances/{id}"));
        await app.DecidedAsync(id);
    }

    [Fact]
    public async Task The_management_links_carry_the_key_that_opens_them()
    {
        using var started = await app.PostTripAsync(new TripRequest());
        var links = await started.Content.ReadFromJsonAsync<JsonElement>();
        var link = links.GetProperty("statusQueryGetUri").GetString()!;
        using var http = new HttpClient();
        using var read = await http.GetAsync(new Uri(link));
        using var without = await http.GetAsync(new Uri(link.Split('?')[0]));

        Assert.True(read.IsSuccessStatusCode);
        Assert.DoesNotContain(Master, link, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        await app.DecidedAsync(links.GetProperty("id").GetString()!);
    }

    [Fact]
    public async Task Who_has_decided_is_the_name_of_the_key_whatever_the_request_says()
    {
        var trip = await app.BookAsync(new TripRequest { Hotel = "Stuck Inn", Flight = "Invalid 123" });
        using var grace = Client(Operator);
        grace.DefaultRequestHeaders.Add("X-MS-CLIENT-PRINCIPAL-NAME", "somebody else");
        using var decided = await grace.PostAsJsonAsync(
            new Uri($"api/trips/{trip.Id}/legs/hotel/undo", UriKind.Relative), new { action = "skip", note = "paid" });

        Assert.Equal(HttpStatusCode.Accepted, decided.StatusCode);
        var done = await app.UntilAsync(trip.Id, now => now.Status == "Cancelled");
        Assert.Equal("grace", done.Legs[1].Skipped!.By);
    }

    private HttpClient Client(string key)
    {
        var http = new HttpClient { BaseAddress = app.Address };
        http.DefaultRequestHeaders.Add(Header, key);
        return http;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, string path)
    {
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
        return response.StatusCode;
    }
}

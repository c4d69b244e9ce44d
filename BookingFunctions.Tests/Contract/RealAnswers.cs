using System.Net.Http.Headers;
using System.Text;
using BookingFunctions.Tests.EndToEnd;

namespace BookingFunctions.Tests.Contract;

/// <summary>Brings about each answer that the document knows.</summary>
/// <param name="app">The application that answers.</param>
internal sealed class RealAnswers(LocalApp app)
{
    private const string Unknown = "nobody-0000000000";
    private const string Order = """{"name":"Alice Jones","car":"Ford 150","hotel":"Hilton 123","flight":"Alaska Airlines 123"}""";

    private const string Cancel = """{"reason":"ill"}""";
    private const string Skip = """{"action":"skip","note":"known"}""";

    private static readonly TripRequest Stuck = new() { Hotel = "Stuck Inn", Flight = "Invalid 123" };
    private static readonly TripRequest RolledBack = new() { Car = "Flaky Ford", Flight = "Invalid 123" };

    /// <summary>Makes the application answer so.</summary>
    /// <param name="operation">Whom to ask, such as <c>GET /api/trips</c>.</param>
    /// <param name="status">The status to bring about.</param>
    public async Task<HttpResponseMessage> GetAsync(string operation, int status) => (operation, status) switch
    {
        (_, 401) => await AskWithoutKeyAsync(operation),
        ("POST /api/trips", 200) => await app.PostTripAsync(RolledBack, waitSeconds: 60),
        ("POST /api/trips", 202) => await PostAsync("api/trips", Order),
        ("POST /api/trips", 400) => await PostAsync("api/trips", Order.Replace("Alice Jones", "", StringComparison.Ordinal)),
        ("POST /api/trips", 413) => await PostAsync("api/trips", Order.Replace("Alice", new string('A', 64 * 1024), StringComparison.Ordinal)),
        ("POST /api/trips", 415) => await PostAsync("api/trips", Order, "text/plain"),
        ("GET /api/trips", 200) => await AfterATripAsync("api/trips?pageSize=5"),
        ("GET /api/trips", 400) => await GetAsync("api/trips?pageSize=501"),
        ("POST /api/trips", 422) => await ReuseKeyAsync(),
        ("POST /api/trips/{id}/cancel", 200) => await PostAsync($"api/trips/{await DecidedAsync()}/cancel", Cancel),
        ("POST /api/trips/{id}/cancel", 202) => await PostAsync($"api/trips/{(await app.BookAsync(new TripRequest())).Id}/cancel", Cancel),
        ("POST /api/trips/{id}/cancel", 400) => await PostAsync($"api/trips/{await DecidedAsync()}/cancel", "{}"),
        ("POST /api/trips/{id}/cancel", 404) => await PostAsync($"api/trips/{Unknown}/cancel", Cancel),
        ("POST /api/trips/{id}/cancel", 413) => await PostAsync(
            $"api/trips/{await DecidedAsync()}/cancel", Cancel.Replace("ill", new string('l', 64 * 1024), StringComparison.Ordinal)),
        ("POST /api/trips/{id}/cancel", 415) => await PostAsync($"api/trips/{await DecidedAsync()}/cancel", Cancel, "text/plain"),
        ("POST /api/trips/{id}/legs/{leg}/undo", 202) => await PostAsync($"api/trips/{(await app.BookAsync(Stuck)).Id}/legs/hotel/undo", Skip),
        ("POST /api/trips/{id}/legs/{leg}/undo", 400) => await PostAsync($"api/trips/{await DecidedAsync()}/legs/hotel/undo", "{}"),
        ("POST /api/trips/{id}/legs/{leg}/undo", 404) => await PostAsync($"api/trips/{Unknown}/legs/hotel/undo", Skip),
        ("POST /api/trips/{id}/legs/{leg}/undo", 409) => await PostAsync($"api/trips/{await DecidedAsync()}/legs/hotel/undo", Skip),
        ("POST /api/trips/{id}/legs/{leg}/undo", 413) => await PostAsync(
            $"api/trips/{await DecidedAsync()}/legs/hotel/undo", Skip.Replace("known", new string('l', 64 * 1024), StringComparison.Ordinal)),
        ("POST /api/trips/{id}/legs/{leg}/undo", 415) => await PostAsync($"api/trips/{await DecidedAsync()}/legs/hotel/undo", Skip, "text/plain"),
        ("GET /api/trips/{id}", 200) => await GetAsync($"api/trips/{await DecidedAsync()}"),
        ("GET /api/trips/{id}", 400) => await GetAsync($"api/trips/{Unknown}?deep=true"),
        ("GET /api/trips/{id}", 404) => await GetAsync($"api/trips/{Unknown}"),
        ("GET /api/trips/{id}/history", 200) => await GetAsync($"api/trips/{await DecidedAsync()}/history"),
        ("GET /api/trips/{id}/history", 400) => await GetAsync($"api/trips/{Unknown}/history?top=1"),
        ("GET /api/trips/{id}/history", 404) => await GetAsync($"api/trips/{Unknown}/history"),
        ("GET /api/trips/{id}/history", 410) => await ApiHost.GetOfPurgedTripAsync(id => $"api/trips/{id}/history"),
        ("GET /api/trips/{id}/events", 200) => await GetAsync($"api/trips/{await app.StartTripAsync(RolledBack)}/events"),
        ("GET /api/trips/{id}/events", 204) => await GetAsync($"api/trips/{await DecidedAsync()}/events", ("Last-Event-ID", "Cancelled")),
        ("GET /api/trips/{id}/events", 400) => await GetAsync($"api/trips/{Unknown}/events?top=1"),
        ("GET /api/trips/{id}/events", 404) => await GetAsync($"api/trips/{Unknown}/events"),
        ("GET /api/counts", 200) => await AfterATripAsync("api/counts"),
        ("GET /api/counts", 400) => await GetAsync("api/counts?from=2026-03-01T09:00:00Z&to=2026-03-03T09:00:00Z"),
        ("GET /api/reconciliation", 200) => await AfterATripAsync("api/reconciliation"),
        ("GET /api/reconciliation", 400) => await GetAsync("api/reconciliation?deep=true"),
        ("GET /api/health", 200) => await GetAsync("api/health"),
        ("GET /api/health", 400) => await GetAsync("api/health?deep=true"),
        ("GET /api/health", 503) => await ApiHost.GetFromBrokenAsync("api/health"),
        ("GET /api/openapi.json", 200) => await GetAsync("api/openapi.json"),
        ("GET /api/openapi.json", 400) => await GetAsync("api/openapi.json?version=2"),
        _ => throw new NotSupportedException($"Nothing here makes {operation} answer {status}, which the document says it does."),
    };

    private static Task<HttpResponseMessage> AskWithoutKeyAsync(string operation)
    {
        var (method, path) = (operation.Split(' ')[0], operation.Split(' ')[1]);
        return ApiHost.AskGuardedAsync(
            new HttpMethod(method), path.Replace("{id}", Unknown, StringComparison.Ordinal).Replace("{leg}", "car", StringComparison.Ordinal));
    }

    private async Task<string> DecidedAsync() => (await app.BookAsync(RolledBack)).Id;

    private async Task<HttpResponseMessage> AfterATripAsync(string path)
    {
        await DecidedAsync();
        return await GetAsync(path);
    }

    private async Task<HttpResponseMessage> ReuseKeyAsync()
    {
        var key = Guid.NewGuid().ToString();
        using var first = await app.PostTripAsync(new TripRequest(), key: key);
        return await app.PostTripAsync(RolledBack, key: key);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await app.Http.SendAsync(request);
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string body, string mediaType = "application/json")
    {
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(mediaType));
        return await app.Http.PostAsync(new Uri(path, UriKind.Relative), content);
    }
}

using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BookingFunctions.Tests.LocalFunctionsHost.Management;

/// <summary>Makes the recorded calls on a host, one after the other, and compares the answers.</summary>
/// <param name="host">The host.</param>
/// <param name="isSqlite">Whether its backend is SQLite, and not the one of the genuine host.</param>
internal sealed class Replay(TestHost host, bool isSqlite)
{
    private const string Root = "/runtime/webhooks/durabletask";
    private const string TokenHeader = "x-ms-continuation-token";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly ExpectedJson expected = new(host.App.Url);
    private string? token;
    private string? lastId;
    private string? childId;

    public static async Task<List<Exchange>> ReadAsync()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "LocalFunctionsHost", "Management", "exchanges.json");
        return JsonSerializer.Deserialize<List<Exchange>>(await File.ReadAllTextAsync(file), Json)!;
    }

    /// <summary>Makes all calls.</summary>
    /// <returns>What is different; nothing if each answer is as expected.</returns>
    public async Task<IReadOnlyList<string>> RunAllAsync()
    {
        var differences = new List<string>();
        foreach (var recorded in await ReadAsync())
        {
            var exchange = isSqlite || recorded.OnAzureStorage is null ? recorded : recorded with { Answer = recorded.OnAzureStorage };
            differences.AddRange((await RunAsync(exchange)).Select(difference => $"{exchange.Note} ({exchange.Call}): {difference}"));
        }

        return differences;
    }

    private async Task<IReadOnlyList<string>> RunAsync(Exchange exchange)
    {
        await PrepareAsync(exchange);
        using var patience = new CancellationTokenSource(TestHost.Patience);
        while (true)
        {
            using var response = await SendAsync(exchange);
            var body = await response.Content.ReadAsStringAsync();
            var differences = await CompareAsync(exchange, response, body);
            if (differences.Count == 0 || !exchange.Eventually || patience.IsCancellationRequested)
            {
                token = Token(response);
                lastId = body.StartsWith('{') && JsonNode.Parse(body)!["id"] is { } id ? id.GetValue<string>() : lastId;
                return differences;
            }

            await Task.Delay(20);
        }
    }

    private async Task PrepareAsync(Exchange exchange)
    {
        if (exchange.Resets)
        {
            await ResetAsync();
        }

        foreach (var start in exchange.Starts)
        {
            using var content = new StringContent(start.Input?.ToJsonString() ?? "");
            using var started = await host.Http.PostAsync($"/start/{start.Name}/{start.Id}", content);
            started.EnsureSuccessStatusCode();
        }

        if (exchange.Terminates is { } terminated)
        {
            using var answer = await CallAsync(HttpMethod.Post, $"{Root}/instances/{terminated}/terminate");
            answer.EnsureSuccessStatusCode();
        }

        foreach (var wait in exchange.Waits)
        {
            await UntilAsync($"{Root}/instances/{wait.Id}", status => Status(status) == wait.Status);
        }

        if (exchange.ChildOf is { } parent)
        {
            var shown = await GetAsync($"{Root}/instances/{parent}?showHistory=true");
            var child = shown!["historyEvents"]!.AsArray().Single(shownEvent => shownEvent!["InstanceId"] is not null)!;
            childId = child["InstanceId"]!.GetValue<string>();
        }

        var (method, path) = Parse(exchange);
        if (method == HttpMethod.Get
            && exchange.Answer is JsonObject answered
            && answered.TryGetPropertyValue("runtimeStatus", out var status))
        {
            await UntilAsync(path, found => found is null || Status(found) == status!.GetValue<string>());
        }

        if (exchange.Instances is not null)
        {
            // So that every instance is listed as what it ends as.
            await UntilAsync($"{Root}/instances?top=1000", found => Status(found) is not "Pending"
                && (Status(found) != "Running" || found!["name"]!.GetValue<string>() == "Waits"));
        }
    }

    private async Task ResetAsync()
    {
        foreach (var instance in (await GetAsync($"{Root}/instances?top=1000"))!.AsArray())
        {
            var id = instance!["instanceId"]!.GetValue<string>();
            using var terminated = await CallAsync(HttpMethod.Post, $"{Root}/instances/{id}/terminate");
            await UntilAsync($"{Root}/instances/{id}", status => Status(status) is "Completed" or "Failed" or "Terminated");
            using var purged = await CallAsync(HttpMethod.Delete, $"{Root}/instances/{id}");
            purged.EnsureSuccessStatusCode();
        }
    }

    private async Task<HttpResponseMessage> SendAsync(Exchange exchange)
    {
        var (method, path) = Parse(exchange);
        using var request = new HttpRequestMessage(method, path);
        ExchangeKeys.Add(request, exchange.Key);
        if (method != HttpMethod.Get)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(exchange.Body ?? ""));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(exchange.ContentType ?? "application/json");
        }

        if (exchange.Token is not null || exchange.Continues)
        {
            request.Headers.TryAddWithoutValidation(TokenHeader, exchange.Token ?? token);
        }

        return await host.Http.SendAsync(request);
    }

    private (HttpMethod Method, string Path) Parse(Exchange exchange)
    {
        var parts = exchange.Call.Split(' ', 2);
        var path = parts[1].Replace("~", Root, StringComparison.Ordinal)
            .Replace("(last)", lastId, StringComparison.Ordinal)
            .Replace("(child)", childId, StringComparison.Ordinal);
        return (new HttpMethod(parts[0]), ExchangeKeys.Fill(path));
    }

    private async Task<IReadOnlyList<string>> CompareAsync(Exchange exchange, HttpResponseMessage response, string body)
    {
        var differences = new List<string>();
        if ((int)response.StatusCode != exchange.Status)
        {
            differences.Add($"expected {exchange.Status}, got {(int)response.StatusCode}");
        }

        var type = response.Content.Headers.ContentType?.ToString();
        if (type != exchange.Type)
        {
            differences.Add($"expected the type {exchange.Type}, got {type}");
        }

        foreach (var (name, value) in exchange.Headers)
        {
            var got = response.Headers.TryGetValues(name, out var values) ? values.Single() : "nothing";
            if (!expected.Matches(value, got))
            {
                differences.Add($"expected {name}: {value}, got {got}");
            }
        }

        if (exchange.Instances is { } count)
        {
            differences.AddRange(await CompareListAsync(count, exchange.HasNext, response, body));
        }
        else if (exchange.Type is null ? body.Length > 0 : body.Length == 0)
        {
            differences.Add($"got the body '{body}'");
        }
        else if (exchange.Type is not null)
        {
            var answer = JsonNode.Parse(body);
            if (exchange.Type == "application/problem+json")
            {
                // It is there while someone in this process listens to traces, as another test may.
                answer!.AsObject().Remove("traceId");
            }

            differences.AddRange(expected.Differences(exchange.Answer, answer));
        }

        return differences;
    }

    /// <summary>A list has each instance as the call for it alone shows it, in the order of their ids.</summary>
    private async Task<IReadOnlyList<string>> CompareListAsync(int count, bool hasNext, HttpResponseMessage response, string body)
    {
        if (response.Content.Headers.ContentType?.MediaType != "application/json")
        {
            return [$"got the body '{body}'"];
        }

        var differences = new List<string>();
        var instances = JsonNode.Parse(body)!.AsArray();
        var ids = instances.Select(instance => instance!["instanceId"]!.GetValue<string>()).ToList();
        if (ids.Count != count || !ids.SequenceEqual(ids.Order(StringComparer.Ordinal)))
        {
            differences.Add($"expected {count} instances in order, got {string.Join(", ", ids)}");
        }

        foreach (var (id, instance) in ids.Zip(instances))
        {
            if (!JsonNode.DeepEquals(instance, await GetAsync($"{Root}/instances/{id}")))
            {
                differences.Add($"{id} is {instance!.ToJsonString()}");
            }
        }

        if (hasNext != (Token(response) is not null))
        {
            differences.Add($"got the continuation '{Token(response)}'");
        }

        return differences;
    }

    private async Task UntilAsync(string path, Func<JsonNode?, bool> isReached)
    {
        using var patience = new CancellationTokenSource(TestHost.Patience);
        while (!patience.IsCancellationRequested)
        {
            var answer = await GetAsync(path);
            var found = answer is JsonArray list ? list.ToList() : [answer];
            if (found.TrueForAll(status => isReached(status)))
            {
                return;
            }

            await Task.Delay(10);
        }
    }

    private async Task<JsonNode?> GetAsync(string path)
    {
        using var response = await CallAsync(HttpMethod.Get, path);
        var body = await response.Content.ReadAsStringAsync();
        return body.Length == 0 ? null : JsonNode.Parse(body);
    }

    private async Task<HttpResponseMessage> CallAsync(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        ExchangeKeys.Add(request, "extension");
        return await host.Http.SendAsync(request);
    }

    private static string? Token(HttpResponseMessage response) =>
        response.Headers.TryGetValues(TokenHeader, out var values) ? values.Single() : null;

    private static string? Status(JsonNode? status) => status?["runtimeStatus"]?.GetValue<string>();
}

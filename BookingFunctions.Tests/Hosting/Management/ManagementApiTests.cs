using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BookingFunctions.Tests.Hosting.Management;

/// <summary>The management API answers what the genuine host was recorded to answer, call by call.</summary>
public sealed class ManagementApiTests
{
    private const string Root = "/runtime/webhooks/durabletask";
    private const string TokenHeader = "x-ms-continuation-token";

    private const string HostJson = """
        // The host that was recorded.
        { "extensions": { "http": { "routePrefix": "" }, "durableTask": { "hubName": "RecHub2" } } }
        """;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    [Fact]
    public async Task Every_recorded_call_is_answered_as_the_genuine_host_answered_it()
    {
        await using var host = await TestHost.StartAsync(
            [typeof(RecordedHttp), typeof(RecordedOrchestrators), typeof(RecordedActivities)], HostJson);
        var exchanges = JsonSerializer.Deserialize<List<Exchange>>(
            await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Hosting", "Management", "exchanges.json")), Json)!;
        var differences = new List<string>();
        string? token = null;
        foreach (var exchange in exchanges)
        {
            await PrepareAsync(host, exchange);
            using var response = await AnswerAsync(host, exchange, exchange.Continues ? token : null);
            foreach (var difference in await CompareAsync(host, exchange, response))
            {
                differences.Add($"{exchange.Note} ({exchange.Call}): {difference}");
            }

            token = response.Headers.TryGetValues(TokenHeader, out var values) ? values.Single() : null;
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
        Assert.Equal(84, exchanges.Count);
    }

    private static async Task PrepareAsync(TestHost host, Exchange exchange)
    {
        if (exchange.Start is { } start)
        {
            using var content = new StringContent(start.Input?.ToJsonString() ?? "");
            using var started = await host.Http.PostAsync($"/start/{start.Name}/{start.Id}", content);
            started.EnsureSuccessStatusCode();
        }

        if (exchange.When is { } when)
        {
            await UntilAsync(host, $"{Root}/instances/{when.Id}", status => status == when.Status);
        }
    }

    /// <summary>Makes the call, once the instance that it asks for is in the status that the answer is about.</summary>
    private static async Task<HttpResponseMessage> AnswerAsync(TestHost host, Exchange exchange, string? token)
    {
        var (method, path) = (exchange.Call.Split(' ')[0], exchange.Call.Split(' ')[1].Replace("~", Root, StringComparison.Ordinal));
        if (exchange.Answer is JsonObject answer && answer.TryGetPropertyValue("runtimeStatus", out var expected) && method == "GET")
        {
            await UntilAsync(host, path, status => status == expected!.GetValue<string>());
        }

        if (exchange.Instances is not null)
        {
            // So that every instance is listed as what it ends as.
            await UntilAsync(host, $"{Root}/instances?top=1000", status => status is not "Pending" and not "Running");
        }

        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method != "GET")
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(exchange.Body ?? ""));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(exchange.ContentType ?? "application/json");
        }

        if (token is not null)
        {
            request.Headers.Add(TokenHeader, token);
        }

        return await host.Http.SendAsync(request);
    }

    private static async Task<IReadOnlyList<string>> CompareAsync(TestHost host, Exchange exchange, HttpResponseMessage response)
    {
        var differences = new List<string>();
        var expected = new ExpectedJson(host.App.Url);
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

        var body = await response.Content.ReadAsStringAsync();
        if (exchange.Instances is { } count)
        {
            differences.AddRange(await CompareListAsync(host, count, exchange.HasNext, response, body));
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
    private static async Task<IReadOnlyList<string>> CompareListAsync(
        TestHost host, int count, bool hasNext, HttpResponseMessage response, string body)
    {
        var differences = new List<string>();
        var instances = JsonNode.Parse(body)!.AsArray();
        var ids = instances.Select(instance => instance!["instanceId"]!.GetValue<string>()).ToList();
        if (ids.Count != count || !ids.SequenceEqual(ids.Order(StringComparer.Ordinal)))
        {
            differences.Add($"expected {count} instances in order, got {string.Join(", ", ids)}");
        }

        foreach (var (id, instance) in ids.Zip(instances))
        {
            if (!JsonNode.DeepEquals(instance, JsonNode.Parse(await host.Http.GetStringAsync($"{Root}/instances/{id}"))))
            {
                differences.Add($"{id} is {instance!.ToJsonString()}");
            }
        }

        var token = response.Headers.TryGetValues(TokenHeader, out var values) ? values.Single() : null;
        var next = token is null ? null : Encoding.UTF8.GetString(Convert.FromBase64String(token));
        if (hasNext ? next is null || string.CompareOrdinal(next, ids[^1]) <= 0 : next is not null)
        {
            differences.Add($"got the continuation '{next}'");
        }

        return differences;
    }

    private static async Task UntilAsync(TestHost host, string path, Func<string?, bool> isReached)
    {
        using var patience = new CancellationTokenSource(TestHost.Patience);
        while (true)
        {
            using var response = await host.Http.GetAsync(path, patience.Token);
            var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(patience.Token));
            var statuses = answer is JsonArray list ? list.ToList() : [answer];
            if (statuses.TrueForAll(status => isReached(status!["runtimeStatus"]?.GetValue<string>())))
            {
                return;
            }

            await Task.Delay(10, patience.Token);
        }
    }
}

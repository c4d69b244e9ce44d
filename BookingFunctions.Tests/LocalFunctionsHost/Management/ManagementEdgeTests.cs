using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace BookingFunctions.Tests.LocalFunctionsHost.Management;

/// <summary>Calls of the management API that were not recorded: answered as its source says, or better where that says 500.</summary>
public sealed class ManagementEdgeTests : IAsyncLifetime
{
    private const string Root = "/runtime/webhooks/durabletask";
    private TestHost host = null!;

    public async Task InitializeAsync() => host =
        await TestHost.StartAsync(RecordedFunctions.Classes, "{}", RecordedFunctions.AddServices);

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task Pages_follow_each_other_to_the_end()
    {
        for (var i = 0; i < 7; i++)
        {
            await StartAsync("Waits", $"w-{i}");
        }

        var ids = new List<string>();
        string? token = null;
        do
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{Root}/instances?top=3&instanceIdPrefix=w-");
            request.Headers.TryAddWithoutValidation("x-ms-continuation-token", token);
            using var response = await host.Http.SendAsync(request);
            var page = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsArray();
            ids.AddRange(page.Select(instance => instance!["instanceId"]!.GetValue<string>()));
            token = response.Headers.TryGetValues("x-ms-continuation-token", out var values) ? values.Single() : null;
        }
        while (token is not null);

        Assert.Equal(Enumerable.Range(0, 7).Select(i => $"w-{i}"), ids);
    }

    [Fact]
    public async Task A_list_by_time_has_what_was_created_in_it()
    {
        await StartAsync("Waits", "now");

        Assert.Single(await ListAsync("createdTimeFrom=2020-01-01"));
        Assert.Empty(await ListAsync("createdTimeTo=2020-01-01T00:00:00Z"));
        Assert.Null((await ListAsync("showInput=false"))[0]!["input"]);
    }

    [Fact]
    public async Task A_page_of_none_says_how_to_get_the_first()
    {
        await StartAsync("Waits", "w-0");
        using var none = await host.Http.GetAsync($"{Root}/instances?top=0");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Root}/instances?top=1");
        request.Headers.Add("x-ms-continuation-token", none.Headers.GetValues("x-ms-continuation-token").Single());

        using var first = await host.Http.SendAsync(request);

        Assert.Equal("[]", await none.Content.ReadAsStringAsync());
        Assert.Contains("w-0", await first.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("top=-1", null)]
    [InlineData("top=1", "bm9uZSBvZiBvdXJz")]
    public async Task A_page_that_can_not_be_is_refused(string query, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Root}/instances?{query}");
        request.Headers.TryAddWithoutValidation("x-ms-continuation-token", token);
        using var response = await host.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("POST", "orchestrators/Waits/@id", "", HttpStatusCode.BadRequest)]
    [InlineData("POST", "orchestrators/Waits/a%23b", "", HttpStatusCode.BadRequest)]
    [InlineData("POST", "orchestrators/Waits", "{", HttpStatusCode.BadRequest)]
    [InlineData("GET", "orchestrators/Waits", "", HttpStatusCode.NotFound)]
    [InlineData("POST", "instances/waits", "", HttpStatusCode.NotFound)]
    [InlineData("POST", "instances/waits/explode", "", HttpStatusCode.NotFound)]
    [InlineData("POST", "instances/waits/resume", "", HttpStatusCode.Conflict)]
    [InlineData("POST", "instances/waits/restart?restartWithNewInstanceId=false", "", HttpStatusCode.Conflict)]
    [InlineData("POST", "instances/waits/rewind", "", HttpStatusCode.PreconditionFailed)]
    [InlineData("POST", "INSTANCES/waits/RAISEEVENT/Other", "1", HttpStatusCode.Accepted)]
    [InlineData("GET", "instances/waits/", "", HttpStatusCode.Accepted)]
    [InlineData("DELETE", "instances?createdTimeFrom=soon", "", HttpStatusCode.BadRequest)]
    [InlineData("DELETE", "instances?createdTimeFrom=2020-01-01&runtimeStatus=Broken", "", HttpStatusCode.BadRequest)]
    [InlineData("DELETE", "instances?createdTimeFrom=2020-01-01&createdTimeTo=soon", "", HttpStatusCode.BadRequest)]
    [InlineData("DELETE", "instances?createdTimeFrom=2020-01-01&instanceIdPrefix=w", "", HttpStatusCode.BadRequest)]
    [InlineData("DELETE", "instances?createdTimeFrom=2020-01-01&top=1", "", HttpStatusCode.BadRequest)]
    [InlineData("DELETE", "instances?createdTimeFrom=2020-01-01&createdTimeTo=", "", HttpStatusCode.BadRequest)]
    [InlineData("DELETE", "instances?createdTimeFrom=2020-01-01&runtimeStatus=", "", HttpStatusCode.BadRequest)]
    [InlineData("DELETE", "instances?createdTimeFrom=2020-01-01&runtimeStatus=1", "", HttpStatusCode.BadRequest)]
    [InlineData("DELETE", "instances?createdTimeFrom=2020-01-01&runtimeStatus=Failed,failed", "", HttpStatusCode.BadRequest)]
    [InlineData("DELETE", "instances?createdTimeFrom=2020-01-01&createdTimeFrom=2021-01-01", "", HttpStatusCode.BadRequest)]
    [InlineData("DELETE", "instances?createdTimeFrom=2020-01-01&taskHub=Other", "", HttpStatusCode.BadRequest)]
    [InlineData("DELETE", "instances/waits?runtimeStatus=Failed", "", HttpStatusCode.BadRequest)]
    [InlineData(
        "DELETE",
        "instances?createdTimeFrom=2020-01-01&runtimeStatus=Failed&taskHub=testHubName&connection=Storage&code=x",
        "",
        HttpStatusCode.NotFound)]
    [InlineData("GET", "instances?instanceIdPrefix=", "", HttpStatusCode.BadRequest)]
    [InlineData("GET", "instances?runtimeStatus=", "", HttpStatusCode.BadRequest)]
    [InlineData("GET", "instances?runtimeStatus=Failed,", "", HttpStatusCode.BadRequest)]
    [InlineData("GET", "instances?createdTimeFrom=", "", HttpStatusCode.BadRequest)]
    [InlineData("GET", "instances?createdTimeTo=1998-12-31T23:58:60Z", "", HttpStatusCode.BadRequest)]
    [InlineData("GET", "instances?createdTimeTo=1998-12-31T23:59:60", "", HttpStatusCode.BadRequest)]
    [InlineData("GET", "instances?createdTimeTo=1998-12-31T15:59:60.5-08:00", "", HttpStatusCode.OK)]
    [InlineData("GET", "instances?createdTimeTo=1998-12-31T23:59:59.12345678901234567890123456789Z", "", HttpStatusCode.OK)]
    [InlineData("GET", "instances?top=", "", HttpStatusCode.BadRequest)]
    [InlineData("GET", "instances?name=Waits", "", HttpStatusCode.BadRequest)]
    [InlineData(
        "GET",
        "instances?TOP=1&ShowInput=False&showHistory=true&showHistoryOutput=true&returnInternalServerErrorOnFailure=true",
        "",
        HttpStatusCode.OK)]
    [InlineData("GET", "instances/waits?createdTimeFrom=2020-01-01", "", HttpStatusCode.BadRequest)]
    [InlineData("GET", "instances/waits?showInput=", "", HttpStatusCode.BadRequest)]
    [InlineData("GET", "instances/waits?taskHub=Other", "", HttpStatusCode.BadRequest)]
    [InlineData("POST", "orchestrators/Waits/new?timeout=5000000&pollingInterval=1", "", HttpStatusCode.BadRequest)]
    [InlineData("GET", "entities/counter/one", "", HttpStatusCode.NotFound)]
    public async Task Other_calls_have_their_status(string method, string path, string body, HttpStatusCode status)
    {
        await StartAsync("Waits", "waits");
        await ReachesAsync("waits", "Running");

        using var response = await SendAsync(method, path, body);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("waits", Assert.Single(await ListAsync(""))!["instanceId"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_failed_instance_is_rewound_and_restarted()
    {
        await StartAsync("Fails", "fails");
        await ReachesAsync("fails", "Failed");
        await StartAsync("Throws", "throws");
        await ReachesAsync("throws", "Failed");

        using var rewound = await SendAsync("POST", "instances/fails/rewind?reason=again", "");
        using var restarted = await SendAsync("POST", "instances/throws/restart?restartWithNewInstanceId=false", "");

        Assert.Equal(HttpStatusCode.Accepted, rewound.StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, restarted.StatusCode);
    }

    [Fact]
    public async Task A_start_that_waits_answers_how_it_ended_or_where_to_look()
    {
        using var failed = await SendAsync("POST", "orchestrators/Throws/t1?timeout=60&pollingInterval=1", "");
        using var serverError = await SendAsync(
            "POST", "orchestrators/Throws/t2?timeout=60&pollingInterval=1&returnInternalServerErrorOnFailure=true", "");
        using var late = await SendAsync("POST", "orchestrators/Waits/t3?timeout=0.1&pollingInterval=0.1", "");
        using var senseless = await SendAsync("POST", "orchestrators/Waits/t4?timeout=1&pollingInterval=2", "");

        Assert.Equal(HttpStatusCode.OK, failed.StatusCode);
        Assert.Equal("Failed", JsonNode.Parse(await failed.Content.ReadAsStringAsync())!["runtimeStatus"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.InternalServerError, serverError.StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, late.StatusCode);
        Assert.Contains("/instances/t3?", late.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, senseless.StatusCode);
    }

    [Fact]
    public async Task A_path_is_decoded_once_and_an_encoded_slash_is_not_found()
    {
        await StartAsync("Waits", "a%252Fb");
        using var raised = await SendAsync("POST", "instances/a%252Fb/raiseEvent/Go%252FNow", "1");
        using var slash = await SendAsync("POST", "instances/a%252Fb/raiseEvent/Go%2fNow", "1");
        using var taken = await SendAsync("POST", "instances/a%252Fb/raiseEvent/Go", "\"now\"");

        Assert.Equal(
            (HttpStatusCode.Accepted, HttpStatusCode.NotFound, HttpStatusCode.Accepted),
            (raised.StatusCode, slash.StatusCode, taken.StatusCode));
        await ReachesAsync("a%252Fb", "Completed");
        var shown = JsonNode.Parse(await host.Http.GetStringAsync($"{Root}/instances/a%252Fb?showHistory=true"))!;
        Assert.Equal("a%2Fb", shown["instanceId"]!.GetValue<string>());
        var names = shown["historyEvents"]!.AsArray().Select(shownEvent => shownEvent!["Name"]?.GetValue<string>());
        Assert.Equal(["Go%2FNow", "Go"], names.OfType<string>());
    }

    [Fact]
    public async Task Inputs_are_left_out_of_the_history_too_if_that_is_asked_for()
    {
        await StartAsync("Happy", "happy", """{"Id":"o-1","Amount":5}""");
        await ReachesAsync("happy", "Completed");

        var shown = JsonNode.Parse(await host.Http.GetStringAsync($"{Root}/instances/happy?showHistory=true&showInput=false"))!;

        Assert.Null(shown["input"]);
        Assert.All(shown["historyEvents"]!.AsArray(), shownEvent => Assert.False(shownEvent!.AsObject().ContainsKey("Input")));
    }

    private async Task StartAsync(string name, string id, string input = "")
    {
        using var response = await SendAsync("POST", $"orchestrators/{name}/{id}", input);
        response.EnsureSuccessStatusCode();
    }

    private async Task<JsonArray> ListAsync(string query) =>
        JsonNode.Parse(await host.Http.GetStringAsync($"{Root}/instances?{query}"))!.AsArray();

    private async Task<HttpResponseMessage> SendAsync(string method, string path, string body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"{Root}/{path}");
        if (method == "POST")
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        return await host.Http.SendAsync(request);
    }

    private async Task ReachesAsync(string id, string status)
    {
        using var patience = new CancellationTokenSource(TestHost.Patience);
        JsonNode instance;
        do
        {
            await Task.Delay(10, patience.Token);
            instance = JsonNode.Parse(await host.Http.GetStringAsync($"{Root}/instances/{id}", patience.Token))!;
        }
        while (instance["runtimeStatus"]!.GetValue<string>() != status);
    }
}

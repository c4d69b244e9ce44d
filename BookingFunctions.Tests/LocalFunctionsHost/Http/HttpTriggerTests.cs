using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace BookingFunctions.Tests.LocalFunctionsHost.Http;

/// <summary>What HTTP functions get, over a real port.</summary>
public sealed class HttpTriggerTests : IAsyncLifetime
{
    private TestHost host = null!;

    public async Task InitializeAsync() => host = await TestHost.StartAsync(typeof(BindingFunctions));

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task A_function_without_route_and_methods_is_found_by_its_name_with_any_method(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/NoRoute");
        using var response = await host.Http.SendAsync(request);

        Assert.Equal(method, await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("7/6f9619ff-8b86-d011-b42d-00c04fc964ff/green/2026-11-24", "7 6f9619ff-8b86-d011-b42d-00c04fc964ff Green 2026-11-24")]
    [InlineData("-7/6f9619ff-8b86-d011-b42d-00c04fc964ff/Red", "-7 6f9619ff-8b86-d011-b42d-00c04fc964ff Red ")]
    public async Task Route_values_arrive_as_their_parameters_types(string path, string expected) =>
        Assert.Equal(expected, await host.Http.GetStringAsync($"/api/values/{path}"));

    [Theory]
    [InlineData("seven/6f9619ff-8b86-d011-b42d-00c04fc964ff/Red", "'number' can't be 'seven'.")]
    [InlineData("99999999999/6f9619ff-8b86-d011-b42d-00c04fc964ff/Red", "'number' can't be '99999999999'.")]
    [InlineData("7/none/Red", "'id' can't be 'none'.")]
    [InlineData("7/6f9619ff-8b86-d011-b42d-00c04fc964ff/Mauve", "'color' can't be 'Mauve'.")]
    public async Task A_route_value_of_the_wrong_type_is_refused(string path, string detail)
    {
        using var response = await host.Http.GetAsync($"/api/values/{path}");

        await ProblemIs(response, HttpStatusCode.BadRequest, detail);
    }

    [Fact]
    public async Task A_path_that_misses_a_constraint_is_not_found()
    {
        using var response = await host.Http.GetAsync("/api/numbers/seven");

        Assert.Equal((HttpStatusCode.NotFound, ""), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal("7", await host.Http.GetStringAsync("/api/numbers/7"));
    }

    [Theory]
    [InlineData("a?top=3&filter=x&page=2", "a 3 x 2")]
    [InlineData("a?id=b", "a 0 null 7")]
    [InlineData("a%252Fb%20c?filter=d%2Fe", "a%2Fb c 0 d/e 7")]
    public async Task Query_values_arrive_by_name_and_the_route_comes_first(string path, string expected) =>
        Assert.Equal(expected, await host.Http.GetStringAsync($"/api/query/{path}"));

    [Fact]
    public async Task A_json_body_arrives_as_its_parameters_type()
    {
        using var response = await host.Http.PutAsJsonAsync("/api/body", new Parcel("Alice", 2));

        Assert.Equal(new Parcel("Alice", 4), await response.Content.ReadFromJsonAsync<Parcel>());
    }

    [Theory]
    [InlineData("[1", "application/json", HttpStatusCode.BadRequest, "The body is not what is expected at $.")]
    [InlineData(
        """{"to":}""",
        "application/json",
        HttpStatusCode.BadRequest,
        "The body is not what is expected: '}' is an invalid start of a value. LineNumber: 0 | BytePositionInLine: 6.")]
    [InlineData(
        """{"to":"Alice","weight":"heavy"}""",
        "application/json",
        HttpStatusCode.BadRequest,
        "The body is not what is expected at $.weight.")]
    [InlineData("", "application/json", HttpStatusCode.BadRequest, "The request has no body; send JSON.")]
    [InlineData("""{"to":"\ud800"}""", "application/json", HttpStatusCode.BadRequest, "The body is not what is expected at $.to.")]
    [InlineData("""{"\ud800":1}""", "application/json", HttpStatusCode.BadRequest, "The body is not what is expected at $.")]
    [InlineData("""{"to":"Alice"}""", "application/json; charset=klingon", HttpStatusCode.BadRequest, "The body is not what is expected.")]
    [InlineData(
        "to=Alice",
        "application/x-www-form-urlencoded",
        HttpStatusCode.UnsupportedMediaType,
        "The body is 'application/x-www-form-urlencoded'; send it as application/json.")]
    public async Task A_body_that_is_not_what_is_expected_is_refused_without_naming_its_type(
        string body, string type, HttpStatusCode status, string detail)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var response = await host.Http.PostAsync("/api/body", content);

        await ProblemIs(response, status, detail);
    }

    [Fact]
    public async Task A_compressed_body_is_refused_by_its_encoding()
    {
        using var content = JsonContent.Create(new Parcel("Alice", 2));
        content.Headers.ContentEncoding.Add("gzip");
        using var response = await host.Http.PostAsync("/api/body", content);

        await ProblemIs(response, HttpStatusCode.UnsupportedMediaType, "The body's Content-Encoding is 'gzip'; send it without one.");
    }

    [Fact]
    public async Task A_body_may_be_missing_where_null_is_allowed()
    {
        using var response = await host.Http.PostAsync("/api/optional", null);

        Assert.Equal("none", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_function_may_read_the_body_itself()
    {
        using var content = new StringContent("as it came");
        using var response = await host.Http.PostAsync("/api/raw", content);

        Assert.Equal("as it came", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_context_knows_the_call() =>
        Assert.Equal($"True True {typeof(BindingFunctions).FullName}.Context", await host.Http.GetStringAsync("/api/context"));

    [Fact]
    public async Task A_client_gives_addresses_of_this_host() =>
        Assert.StartsWith(
            $"{host.App.Url}/runtime/webhooks/durabletask/instances/some%20id?",
            await host.Http.GetStringAsync("/api/client"),
            StringComparison.Ordinal);

    [Fact]
    public async Task A_wrong_method_is_not_found_without_a_body()
    {
        using var response = await host.Http.DeleteAsync("/api/body");

        Assert.Equal((HttpStatusCode.NotFound, ""), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Empty(response.Content.Headers.Allow);
    }

    [Fact]
    public async Task Head_is_answered_as_get_without_the_body()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/api/numbers/7");
        using var response = await host.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused()
    {
        await using var small = await TestHost.StartAsync(
            [typeof(BindingFunctions)], "{}", builder => builder.Configuration["FUNCTIONS_REQUEST_BODY_SIZE_LIMIT"] = "10");
        using var content = new StringContent("more than ten bytes");
        using var response = await small.Http.PostAsync("/api/raw", content);

        await ProblemIs(response, HttpStatusCode.RequestEntityTooLarge);
    }

    internal static async Task ProblemIs(HttpResponseMessage response, HttpStatusCode status, string? detail = null)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal((int)status, problem["status"]!.GetValue<int>());
        Assert.NotEmpty(problem["title"]!.GetValue<string>());
        if (detail is not null)
        {
            Assert.Equal(detail, problem["detail"]!.GetValue<string>());
        }
    }
}

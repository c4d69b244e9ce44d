using System.Net;
using System.Text.Json;
using BookingFunctions.Saga;
using BookingFunctions.Tests.EndToEnd;
using LocalFunctionsHost.Functions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.OpenApi;

namespace BookingFunctions.Tests.Contract;

/// <summary>The OpenAPI document says what the application does: no less, and nothing else.</summary>
public sealed class OpenApiTests(QuickApp quick) : IClassFixture<QuickApp>
{
    private readonly RealAnswers real = new(quick.App);

    public static TheoryData<string, int> Answers { get; } = AllAnswers();

    [Fact]
    public void The_document_is_OpenAPI_3_1()
    {
        var read = OpenApiDocument.Parse(ApiDocument.Text, "json");

        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic.SpecificationVersion);
    }

    [Fact]
    public void The_document_has_the_routes_of_the_API_and_no_others()
    {
        var routes =
            from function in FunctionDiscovery.Find(typeof(BookTrip).Assembly.GetTypes()).Http
            where function.Route.StartsWith("api/", StringComparison.Ordinal)
            from method in function.Methods
            select $"{method} /{function.Route} {function.Method.Name}";

        var documented = ApiDocument.Operations.Select(operation => $"{operation.Key} {operation.Value.GetProperty("operationId").GetString()}");

        Assert.Equal(routes.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_document_says_which_calls_need_a_key()
    {
        foreach (var function in FunctionDiscovery.Find(typeof(BookTrip).Assembly.GetTypes()).Http
                     .Where(function => function.Route.StartsWith("api/", StringComparison.Ordinal)))
        {
            var (name, operation) = ApiDocument.Operations.Single(
                documented => documented.Value.GetProperty("operationId").GetString() == function.Method.Name);
            var needsKey = function.Level != AuthorizationLevel.Anonymous;

            Assert.Equal(needsKey, ApiDocument.Answers(name).Any(answer => answer.Status == 401));
            Assert.Equal(!needsKey, operation.TryGetProperty("security", out var security) && security.GetRawText() == "[{}]");
        }
    }

    [Fact]
    public async Task The_application_answers_the_document()
    {
        using var response = await quick.App.Http.GetAsync(new Uri("api/openapi.json", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(ApiDocument.Text, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public void Every_example_keeps_its_schema()
    {
        var bodies = AllBodies(ApiDocument.Json).ToList();

        Assert.NotEmpty(bodies);
        Assert.All(bodies, body => Assert.Empty(Schema.Errors(body.Example, body.Schema)));
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Every_documented_answer_is_a_real_one(string operation, int status)
    {
        var documented = ApiDocument.Answers(operation).Single(answer => answer.Status == status).Answer;

        using var response = await real.GetAsync(operation, status);

        Assert.Equal(status, (int)response.StatusCode);
        if (documented.TryGetProperty("headers", out var headers))
        {
            Assert.All(headers.EnumerateObject(), header => Assert.True(response.Headers.Contains(header.Name), $"{header.Name} is missing."));
        }

        var body = await response.Content.ReadAsStringAsync();
        if (!documented.TryGetProperty("content", out var content))
        {
            Assert.Empty(body);
            return;
        }

        var mediaType = response.Content.Headers.ContentType?.MediaType;
        var (name, schema) = (Assert.Single(content.EnumerateObject()).Name, content.EnumerateObject().Single().Value.GetProperty("schema"));
        Assert.Equal(name, mediaType);
        foreach (var json in name == "text/event-stream" ? Events(body) : [JsonElement.Parse(body)])
        {
            Assert.Empty(Schema.Errors(json, name == "text/event-stream" ? TripSchema : schema));
        }
    }

    private static JsonElement TripSchema => ApiDocument.Json.GetProperty("components").GetProperty("schemas").GetProperty("Trip");

    private static TheoryData<string, int> AllAnswers()
    {
        var all = new TheoryData<string, int>();
        foreach (var operation in ApiDocument.Operations.Keys)
        {
            foreach (var (status, _) in ApiDocument.Answers(operation))
            {
                all.Add(operation, status);
            }
        }

        return all;
    }

    private static IEnumerable<JsonElement> Events(string body) =>
        body.Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => JsonElement.Parse(line["data: ".Length..]));

    // Wherever a schema and an example stand side by side.
    private static IEnumerable<(JsonElement Schema, JsonElement Example)> AllBodies(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(AllBodies),
        JsonValueKind.Object => (element.TryGetProperty("schema", out var schema) && element.TryGetProperty("example", out var example)
            ? [(schema, example)]
            : Enumerable.Empty<(JsonElement, JsonElement)>())
            .Concat(element.EnumerateObject().SelectMany(property => AllBodies(property.Value))),
        _ => [],
    };
}

using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>What bad input gets: a problem that names the field, and nothing started.</summary>
public sealed class BadInputTests(QuickApp quick) : IClassFixture<QuickApp>
{
    private static readonly Uri Trips = new("api/trips", UriKind.Relative);

    private readonly LocalApp app = quick.App;

    public static TheoryData<string, string[]> BadFields { get; } = new()
    {
        { "{}", ["name", "car", "hotel", "flight"] },
        { Body(name: null), ["name"] },
        { Body(name: "\"\""), ["name"] },
        { Body(name: "\" \\t\\n\""), ["name"] },
        { Body(name: "7"), ["name"] },
        { Body(name: "true"), ["name"] },
        { Body(name: "[\"Alice\"]"), ["name"] },
        { Body(name: "\"" + new string('a', 201) + "\""), ["name"] },
        { Body(car: "null"), ["car"] },
        { Body(car: "{}"), ["car"] },
        { Body(hotel: "1.5"), ["hotel"] },
        { Body(flight: "\"\\u2003\""), ["flight"] },
        { Body(car: "\"\"", flight: "7"), ["car", "flight"] },
        { Body(attempts: "0"), ["attempts"] },
        { Body(attempts: "-1"), ["attempts"] },
        { Body(attempts: "1001"), ["attempts"] },
        { Body(attempts: "2.5"), ["attempts"] },
        { Body(attempts: "99999999999999999999"), ["attempts"] },
        { Body(attempts: "\"3\""), ["attempts"] },
        { Body(extra: "\"discount\": 10"), ["discount"] },
        { Body(name: "\"\"", extra: "\"discount\": 10"), ["name", "discount"] },
    };

    public static TheoryData<string> NotATrip { get; } = new()
    {
        "", "   ", "{", "[]", "\"Alice\"", "null", "7", Body() + "x", Body().Replace('"', '\''), "{\"name\": \"\uFFFD",
    };

    public static TheoryData<string> GoodBodies { get; } = new()
    {
        Body(attempts: "1"),
        Body(attempts: "1000"),
        Body(name: "\"" + new string('a', 200) + "\""),
        Body(name: "\"李 明 🧳\""),
        Body(name: "\"../..//%2e?#\\u0000<b>\""),
    };

    [Theory]
    [MemberData(nameof(BadFields))]
    public Task A_bad_field_is_named(string body, string[] fields) => RefusedAsync(
        () => PostAsync(body), HttpStatusCode.BadRequest, problem =>
    {
        var errors = problem.GetProperty("errors").EnumerateObject().ToList();
        Assert.Equal(fields.Order(StringComparer.Ordinal), errors.Select(error => error.Name).Order(StringComparer.Ordinal));
        Assert.All(errors, error => Assert.All(error.Value.EnumerateArray(), rule => Assert.NotEqual("", rule.GetString())));
    });

    [Theory]
    [MemberData(nameof(NotATrip))]
    public Task A_body_that_is_not_a_JSON_object_is_refused(string body) => RefusedAsync(() => PostAsync(body), HttpStatusCode.BadRequest);

    [Fact]
    public async Task A_body_that_is_not_UTF8_is_refused()
    {
        using var content = new ByteArrayContent([.. "{\"name\":\""u8, 0xC3, 0x28, .. "\"}"u8]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        await RefusedAsync(() => app.Http.PostAsync(Trips, content), HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_64_KiB_is_too_large(bool lengthIsKnown)
    {
        var body = Encoding.UTF8.GetBytes(Body(extra: "\"note\": \"" + new string('x', 64 * 1024) + "\""));
        using HttpContent content = lengthIsKnown ? new ByteArrayContent(body) : new StreamContent(new UnseekableStream(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        await RefusedAsync(() => app.Http.PostAsync(Trips, content), HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/xml")]
    [InlineData(null)]
    public Task Another_media_type_is_not_supported(string? mediaType) =>
        RefusedAsync(() => PostAsync(Body(), mediaType), HttpStatusCode.UnsupportedMediaType);

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("Application/JSON")]
    public async Task JSON_is_recognized_however_its_type_is_written(string mediaType)
    {
        using var response = await PostAsync(Body(), mediaType);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    [Theory]
    [MemberData(nameof(GoodBodies))]
    public async Task What_is_just_within_the_rules_is_accepted(string body)
    {
        using var response = await PostAsync(body);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        using var trip = await app.Http.GetAsync(response.Headers.Location);
        Assert.Equal(HttpStatusCode.OK, trip.StatusCode);
    }

    [Theory]
    [InlineData("DELETE", "api/trips")]
    [InlineData("PUT", "api/trips/somebody-0000000000")]
    [InlineData("GET", "api/nowhere")]
    [InlineData("GET", "api/trips/a%2Fb")]
    public async Task What_the_API_does_not_have_is_not_found_without_a_body(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var response = await app.Http.SendAsync(request);

        Assert.Equal((HttpStatusCode.NotFound, ""), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Empty(response.Content.Headers.Allow);
    }

    private static string Body(
        string? name = "\"Alice\"", string car = "\"Ford\"", string hotel = "\"Hilton\"", string flight = "\"Alaska\"",
        string? attempts = null, string? extra = null) =>
        "{" + string.Join(", ", new[]
        {
            name is null ? null : $"\"name\": {name}",
            $"\"car\": {car}", $"\"hotel\": {hotel}", $"\"flight\": {flight}",
            attempts is null ? null : $"\"attempts\": {attempts}",
            extra,
        }.OfType<string>()) + "}";

    private async Task<HttpResponseMessage> PostAsync(string body, string? mediaType = "application/json")
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = mediaType is null ? null : MediaTypeHeaderValue.Parse(mediaType);
        return await app.Http.PostAsync(Trips, content);
    }

    private async Task RefusedAsync(Func<Task<HttpResponseMessage>> post, HttpStatusCode expected, Action<JsonElement>? check = null)
    {
        var before = await app.InstanceIdsAsync();

        using var response = await post();

        Assert.Equal(expected, response.StatusCode);
        var problem = await response.ProblemAsync();
        check?.Invoke(problem);
        Assert.Equal(before, await app.InstanceIdsAsync());
    }
}

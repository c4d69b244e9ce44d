using System.Net;
using System.Text;

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
    public async Task A_bad_field_is_named_and_nothing_is_started(string body, string[] fields)
    {
        var before = await app.InstanceIdsAsync();

        using var response = await PostAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var errors = (await response.ProblemAsync()).GetProperty("errors").EnumerateObject().ToList();
        Assert.Equal(fields.Order(StringComparer.Ordinal), errors.Select(error => error.Name).Order(StringComparer.Ordinal));
        Assert.All(errors, error => Assert.All(error.Value.EnumerateArray(), rule => Assert.NotEqual("", rule.GetString())));
        Assert.Equal(before, await app.InstanceIdsAsync());
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

    private async Task<HttpResponseMessage> PostAsync(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await app.Http.PostAsync(Trips, content);
    }
}

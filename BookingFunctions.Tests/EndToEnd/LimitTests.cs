using System.Net;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>How large a request may be: what is larger is refused before anything is done with it.</summary>
public sealed class LimitTests(QuickApp quick) : IClassFixture<QuickApp>
{
    [Theory]
    [InlineData(30_000, HttpStatusCode.NotFound)]
    [InlineData(40_000, HttpStatusCode.RequestHeaderFieldsTooLarge)]
    public async Task All_headers_together_have_at_most_32_KiB(int bytes, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/trips/none");
        request.Headers.Add("X-Large", new string('x', bytes));

        Assert.Equal(status, await StatusAsync(request));
    }

    [Theory]
    [InlineData(90, HttpStatusCode.NotFound)]
    [InlineData(110, HttpStatusCode.RequestHeaderFieldsTooLarge)]
    public async Task There_are_at_most_100_headers(int count, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/trips/none");
        for (var i = 0; i < count; i++)
        {
            request.Headers.Add($"X-Header-{i}", "x");
        }

        Assert.Equal(status, await StatusAsync(request));
    }

    [Theory]
    [InlineData(7_000, HttpStatusCode.NotFound)]
    [InlineData(9_000, HttpStatusCode.RequestUriTooLong)]
    public async Task An_address_has_at_most_8_KiB(int characters, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/trips/{new string('x', characters)}");

        Assert.Equal(status, await StatusAsync(request));
    }

    private async Task<HttpStatusCode> StatusAsync(HttpRequestMessage request)
    {
        using var response = await quick.App.Http.SendAsync(request);
        return response.StatusCode;
    }
}

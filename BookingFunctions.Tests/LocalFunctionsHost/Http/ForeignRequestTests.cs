using System.Net;

namespace BookingFunctions.Tests.LocalFunctionsHost.Http;

/// <summary>Pages of other sites can't use the browser of this machine to call the host.</summary>
public sealed class ForeignRequestTests : IAsyncLifetime
{
    private const string Management = "/runtime/webhooks/durabletask/instances";
    private TestHost host = null!;

    public async Task InitializeAsync() => host = await TestHost.StartAsync(typeof(BindingFunctions));

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Theory]
    [InlineData("/api/NoRoute", "rebound.example.com", null, HttpStatusCode.Forbidden)]
    [InlineData("/api/NoRoute", "localhost", "http://elsewhere.example.com", HttpStatusCode.OK)]
    [InlineData(Management, "rebound.example.com", null, HttpStatusCode.Forbidden)]
    [InlineData(Management, "localhost", "http://elsewhere.example.com", HttpStatusCode.Forbidden)]
    [InlineData(Management, "localhost", "null", HttpStatusCode.Forbidden)]
    [InlineData(Management, "localhost:7071", "http://localhost:7071", HttpStatusCode.OK)]
    [InlineData(Management, "[::1]:7071", null, HttpStatusCode.OK)]
    public async Task Only_pages_of_this_host_manage_it_and_only_under_its_own_name(
        string path, string name, string? origin, HttpStatusCode status)
    {
        using var response = await SendAsync(host, path, name, origin);

        Assert.Equal(status, response.StatusCode);
        if (status == HttpStatusCode.Forbidden)
        {
            await HttpTriggerTests.ProblemIs(response, status);
        }
    }

    [Fact]
    public async Task With_keys_it_answers_under_other_names_as_well()
    {
        const string Key = "0123456789abcdef";
        await using var guarded = await TestHost.StartAsync(
            [typeof(BindingFunctions)], "{}", builder => builder.Configuration["Keys:Master"] = Key);
        guarded.Http.DefaultRequestHeaders.Add("x-functions-key", Key);
        using var response = await SendAsync(guarded, "/api/NoRoute", "trips.example.com", null);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static async Task<HttpResponseMessage> SendAsync(TestHost host, string path, string name, string? origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = name;
        request.Headers.TryAddWithoutValidation("Origin", origin);
        return await host.Http.SendAsync(request);
    }
}

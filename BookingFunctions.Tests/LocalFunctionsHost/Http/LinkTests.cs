using System.Net;
using System.Text.Json.Nodes;

namespace BookingFunctions.Tests.LocalFunctionsHost.Http;

/// <summary>Links lead to where the caller has reached the host.</summary>
public sealed class LinkTests
{
    private const string HostJson = """{"extensions": {"durableTask": {"httpSettings": {"useForwardedHost": false}}}}""";
    private const string Key = "0123456789abcdef";

    [Theory]
    [InlineData(false, "http://trips.example.com:8080")]
    [InlineData(true, "https://public.example.com")]
    public async Task Links_have_the_name_of_the_request_and_a_proxys_only_if_a_setting_trusts_it(bool isTrusted, string expected)
    {
        await using var host = await TestHost.StartAsync(
            [typeof(BindingFunctions)],
            HostJson.Replace("false", isTrusted ? "true" : "false", StringComparison.Ordinal),
            builder => builder.Configuration["Keys:Master"] = Key);

        using var payload = await SendAsync(host, HttpMethod.Get, "/api/client");
        using var started = await SendAsync(host, HttpMethod.Post, "/runtime/webhooks/durabletask/orchestrators/None/a");

        var instances = $"{expected}/runtime/webhooks/durabletask/instances";
        var links = JsonNode.Parse(await started.Content.ReadAsStringAsync())!;
        Assert.StartsWith($"{instances}/some%20id?", await payload.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.StartsWith($"{instances}/a?", started.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.StartsWith(expected, links["statusQueryGetUri"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trusted_proxy_does_not_make_a_foreign_name_one_of_this_machine()
    {
        await using var host = await TestHost.StartAsync(
            [typeof(BindingFunctions)], HostJson.Replace("false", "true", StringComparison.Ordinal));

        using var response = await SendAsync(host, HttpMethod.Get, "/api/client", "localhost");

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    private static async Task<HttpResponseMessage> SendAsync(
        TestHost host, HttpMethod method, string path, string forwardedHost = "public.example.com")
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Host = "trips.example.com:8080";
        request.Headers.Add("x-functions-key", Key);
        request.Headers.Add("X-Forwarded-Host", forwardedHost);
        request.Headers.Add("X-Forwarded-Proto", "https");
        return await host.Http.SendAsync(request);
    }
}

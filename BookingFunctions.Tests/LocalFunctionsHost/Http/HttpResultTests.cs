using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Tests.LocalFunctionsHost.Http;

/// <summary>What clients get of what HTTP functions return.</summary>
public sealed class HttpResultTests : IAsyncLifetime
{
    private TestHost host = null!;

    public async Task InitializeAsync() => host = await TestHost.StartAsync(
        [typeof(ResultFunctions), typeof(ServiceFunctions)],
        """{ "extensions": { "http": { "routePrefix": "" } } }""",
        builder => builder.Services.AddScoped<CallCounter>());

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Theory]
    [InlineData("/result", HttpStatusCode.Accepted)]
    [InlineData("/action", HttpStatusCode.Created)]
    public async Task Results_of_aspnet_core_and_of_mvc_are_executed(string path, HttpStatusCode status)
    {
        using var response = await host.Http.GetAsync(path);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("/there", response.Headers.Location?.ToString());
        Assert.Equal(new Parcel("Alice", 1), await response.Content.ReadFromJsonAsync<Parcel>());
    }

    [Fact]
    public async Task Any_other_object_is_sent_as_json() =>
        Assert.Equal("""{"to":"Alice","weight":1}""", await host.Http.GetStringAsync("/object"));

    [Fact]
    public async Task A_function_may_write_the_response_itself()
    {
        using var response = await host.Http.GetAsync("/nothing");

        Assert.Equal(418, (int)response.StatusCode);
        Assert.Equal("short and stout", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_result_may_be_in_a_property() => Assert.Equal("inside", await host.Http.GetStringAsync("/property"));

    [Fact]
    public async Task The_root_can_be_a_page() => Assert.Equal("home", await host.Http.GetStringAsync("/"));

    [Fact]
    public async Task What_a_function_says_without_a_body_stays_without_one()
    {
        using var response = await host.Http.GetAsync("/missing");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_function_that_fails_is_a_500_without_secrets()
    {
        using var response = await host.Http.GetAsync("/fails");

        await HttpTriggerTests.ProblemIs(response, HttpStatusCode.InternalServerError);
        Assert.DoesNotContain("secret", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_response_that_fails_half_way_is_cut_off() =>
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => host.Http.GetStringAsync("/late"));

    [Fact]
    public async Task Each_call_has_an_instance_and_a_scope_of_its_own()
    {
        var before = ServiceFunctions.Disposed;
        var first = (await host.Http.GetStringAsync("/count")).Split(' ');
        var second = (await host.Http.GetStringAsync("/count")).Split(' ');

        Assert.NotEqual(first[0], second[0]);
        Assert.Equal(["1", "True", "False"], first[1..]);
        Assert.Equal(["1", "True", "False"], second[1..]);
        Assert.Equal(before + 2, ServiceFunctions.Disposed);
    }
}

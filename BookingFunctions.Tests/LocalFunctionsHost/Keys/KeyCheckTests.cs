using System.Net;
using BookingFunctions.Tests.LocalFunctionsHost.Http;

namespace BookingFunctions.Tests.LocalFunctionsHost.Keys;

/// <summary>Once there are keys, callers have to show one that opens what they call, as on Azure.</summary>
public sealed class KeyCheckTests : IAsyncLifetime
{
    private const string Master = "master-key-0123456789";
    private const string AnyFunction = "host-key-0123456789";
    private const string OnlyShop = "shop-key-0123456789";
    private const string Management = "management-key-0123456789";
    private const string OtherSystem = "other-system-key-0123456789";
    private const string Instances = "runtime/webhooks/durabletask/instances";

    private TestHost host = null!;

    public async Task InitializeAsync() => host = await TestHost.StartAsync([typeof(GuardedFunctions)], "{}", builder =>
    {
        builder.Configuration["Keys:Master"] = Master;
        builder.Configuration["Keys:Host:office"] = AnyFunction;
        builder.Configuration["Keys:Functions:shop:web"] = OnlyShop;
        builder.Configuration["Keys:System:durabletask_extension"] = Management;
        builder.Configuration["Keys:System:other_extension"] = OtherSystem;
    });

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Theory]
    [InlineData("api/Open", null, "none")]
    [InlineData("api/Open", "wrong-key-0123456789", "none")]
    [InlineData("api/Open", AnyFunction, "office")]
    [InlineData("api/Shop", OnlyShop, "web")]
    [InlineData("api/Shop", AnyFunction, "office")]
    [InlineData("api/Shop", Master, "master")]
    [InlineData("api/Office", AnyFunction, "office")]
    [InlineData("api/Admin", Master, "master")]
    [InlineData(Instances, Management, "[]")]
    [InlineData(Instances, Master, "[]")]
    public async Task A_key_opens_what_it_is_for_and_names_the_caller(string path, string? key, string said)
    {
        using var byHeader = await GetAsync(path, key);
        using var byQuery = await GetAsync(key is null ? path : $"{path}?code={key}", null);

        Assert.Equal(HttpStatusCode.OK, byHeader.StatusCode);
        Assert.Equal(said, await byHeader.Content.ReadAsStringAsync());
        Assert.Equal(said, await byQuery.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("api/Shop", null)]
    [InlineData("api/Shop", "")]
    [InlineData("api/Shop", "wrong-key-0123456789")]
    [InlineData("api/Shop", "shop-key-01234567890")]
    [InlineData("api/Shop", "SHOP-KEY-0123456789")]
    [InlineData("api/Shop", Management)]
    [InlineData("api/Office", OnlyShop)]
    [InlineData("api/Admin", AnyFunction)]
    [InlineData("api/Admin", Management)]
    public async Task No_other_key_does(string path, string? key)
    {
        using var response = await GetAsync(path, key);

        await HttpTriggerTests.ProblemIs(response, HttpStatusCode.Unauthorized);
        Assert.Equal("x-functions-key", response.Headers.WwwAuthenticate.ToString());
    }

    [Theory]
    [InlineData(Instances, null, HttpStatusCode.Unauthorized)]
    [InlineData(Instances, "wrong-key-0123456789", HttpStatusCode.Unauthorized)]
    [InlineData(Instances, OnlyShop, HttpStatusCode.Unauthorized)]
    [InlineData(Instances, AnyFunction, HttpStatusCode.Forbidden)]
    [InlineData(Instances, OtherSystem, HttpStatusCode.Forbidden)]
    [InlineData(Instances + "/none/terminate", OtherSystem, HttpStatusCode.Forbidden)]
    public async Task No_other_key_opens_the_management_API(string path, string? key, HttpStatusCode status)
    {
        using var response = await GetAsync(path, key);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_header_goes_before_the_query_and_the_first_of_several_counts()
    {
        using var wrongHeader = await GetAsync($"api/Shop?code={Master}", "wrong-key-0123456789");
        using var emptyHeader = await GetAsync($"api/Shop?code={Master}", "");
        using var rightHeader = await GetAsync("api/Shop?code=wrong-key-0123456789", AnyFunction);
        using var two = await GetAsync($"api/Shop?code={AnyFunction}&code={Master}", null);

        Assert.Equal(HttpStatusCode.Unauthorized, wrongHeader.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, emptyHeader.StatusCode);
        Assert.Equal("office", await rightHeader.Content.ReadAsStringAsync());
        Assert.Equal("office", await two.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_address_without_a_function_is_unknown_without_a_key()
    {
        using var unknown = await GetAsync("api/None", null);
        using var wrongMethod = await host.Http.DeleteAsync(new Uri("api/Shop", UriKind.Relative));
        using var head = await host.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "api/Shop"));

        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, wrongMethod.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, head.StatusCode);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("x-functions-key", key);
        }

        return await host.Http.SendAsync(request);
    }
}

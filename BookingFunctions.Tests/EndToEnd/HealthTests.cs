using System.Net;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>What a load balancer sees.</summary>
public sealed class HealthTests(QuickApp quick) : IClassFixture<QuickApp>
{
    private readonly LocalApp app = quick.App;

    [Fact]
    public async Task A_host_that_runs_is_ready()
    {
        using var response = await app.Http.GetAsync(new Uri("api/health", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("""{"status":"ready"}""", await response.Content.ReadAsStringAsync());
        Assert.True(response.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task A_parameter_that_is_not_there_is_refused()
    {
        using var response = await app.Http.GetAsync(new Uri("api/health?deep=true", UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.True((await response.ProblemAsync()).GetProperty("errors").TryGetProperty("deep", out _));
    }
}

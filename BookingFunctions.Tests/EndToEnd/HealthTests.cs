using System.Net;
using BookingFunctions.Tests.Contract;

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
    public async Task A_host_whose_store_fails_is_not_ready_and_says_why_without_telling_everybody_the_details()
    {
        using var response = await ApiHost.GetFromBrokenAsync("api/health");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        var problem = await response.ProblemAsync();
        Assert.Contains("reservations", problem.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("password", problem.GetRawText(), StringComparison.Ordinal);
    }
}

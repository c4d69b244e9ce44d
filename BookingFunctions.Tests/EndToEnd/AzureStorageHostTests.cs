using System.Net;
using BookingFunctions.Tests.Azurite;
using BookingFunctions.Tests.Npm;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>How the process starts and ends on Azure Storage, and what it refuses there.</summary>
/// <param name="azurite">The storage account.</param>
public sealed class AzureStorageHostTests(AzuriteStorage azurite) : IClassFixture<AzuriteStorage>
{
    [NpmFact]
    public async Task It_says_which_hub_it_has_refuses_what_if_by_name_and_stops_well()
    {
        using var hub = new AzureHub(azurite);
        await using var app = await LocalApp.StartAsync(hub, DevelopmentApp.Setting);

        using var suppliers = await app.Http.GetAsync(new Uri("what-if/suppliers", UriKind.Relative));
        var problem = await suppliers.ProblemAsync();
        var trip = await app.BookAsync(new TripRequest { Name = "Zaphod Beeblebrox", Car = "Flaky Ford" });
        await app.StopAsync();

        Assert.Equal(HttpStatusCode.NotFound, suppliers.StatusCode);
        Assert.Contains("--backend sqlite", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("Confirmed", trip.Status);
        Assert.Contains($"State is kept in the task hub {hub.Name}Local at http://127.0.0.1:", app.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("zaphod", app.Output, StringComparison.OrdinalIgnoreCase);
    }
}

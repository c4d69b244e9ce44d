using BookingFunctions.Tests.EndToEnd;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BookingFunctions.Tests.Web;

/// <summary>The server is killed while somebody watches a trip, and comes back at the same address.</summary>
public sealed class ServerGoneTests(Browser browser) : IClassFixture<Browser>
{
    [BrowserFact]
    public async Task The_page_says_that_the_server_is_away_and_goes_on_with_the_trip_when_it_is_back()
    {
        using var data = new DataFile();
        await using var app = await LocalApp.StartAsync(data);
        await using var visit = await browser.OpenAsync(app, "/");
        visit.RequestsMayFail = true;
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Try it Kill it, and it goes on" }).ClickAsync();
        await Expect(visit.Stations.Nth(1)).ToContainTextAsync("Booking");

        await app.KillAsync();

        await Expect(visit.Connection).ToHaveTextAsync("The server is away; reconnecting…");
        await Expect(visit.Stations.First).ToContainTextAsync("Booked");

        await using var again = await LocalApp.StartAsync(data, app.Address);
        await Expect(visit.Connection).ToHaveTextAsync("The server is back.");
        await Expect(visit.Word).ToHaveTextAsync("Confirmed");
        await Expect(visit.Connection).ToBeEmptyAsync();
    }

    [BrowserFact]
    public async Task A_buggy_hotel_is_booked_once_the_server_is_back_with_the_fix()
    {
        using var data = new DataFile();
        await using var app = await LocalApp.StartAsync(data);
        await using var visit = await browser.OpenAsync(app, "/");
        visit.RequestsMayFail = true;
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Try it A buggy hotel" }).ClickAsync();
        await Expect(visit.Page.Locator(".attempts li").First).ToContainTextAsync("Attempt 1 failed");

        await app.StopAsync();
        await Expect(visit.Connection).ToHaveTextAsync("The server is away; reconnecting…");

        await using var again = await LocalApp.StartAsync(data, app.Address, Settings.HotelBugFixed);
        await Expect(visit.Word).ToHaveTextAsync("Confirmed");
        await Expect(visit.Page.Locator(".attempts li").Last).ToContainTextAsync("succeeded");
    }
}

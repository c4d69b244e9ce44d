using System.Globalization;
using BookingFunctions.Tests.EndToEnd;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BookingFunctions.Tests.Web;

/// <summary>The list of trips, as a person finds their way in it.</summary>
public sealed class TripsPageTests(Browser browser, DevelopmentApp development)
    : IClassFixture<Browser>, IClassFixture<DevelopmentApp>, IAsyncLifetime
{
    private const int PageSize = 25;
    private readonly LocalApp app = development.App;

    /// <inheritdoc/>
    public Task InitializeAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task DisposeAsync() => await app.ResetSuppliersAsync();

    [BrowserFact]
    public async Task States_refresh_by_themselves_and_new_trips_come_first()
    {
        await app.ChangeSupplierAsync("hotel", "unavailable");
        await app.StartTripAsync(new() { Name = "Live Lena", Attempts = 1000 });
        await using var visit = await browser.OpenAsync(app, "/trips?name=Live");
        await Expect(Rows(visit)).ToHaveCountAsync(1);
        await Expect(Rows(visit).First).ToContainTextAsync("Booking");
        await visit.Page.EvaluateAsync("document.querySelector('#rows a').focus()");

        await app.ResetSuppliersAsync();
        await Expect(Rows(visit).First).ToContainTextAsync("Confirmed");
        await app.BookAsync(new() { Name = "Live Luke", Flight = "Invalid 123" });

        await Expect(Rows(visit)).ToContainTextAsync(["Live Luke", "Live Lena"]);
        await Expect(Rows(visit).First).ToContainTextAsync("InvalidFlightException: There is no flight 'Invalid 123'.");
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Live Lena" })).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task A_row_leads_to_its_trip()
    {
        var trip = await app.BookAsync(new() { Name = "Linked Lisa" });
        await using var visit = await browser.OpenAsync(app, "/trips?name=Linked");

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Linked Lisa" }).ClickAsync();

        await Expect(visit.Page.Locator("#word")).ToHaveTextAsync("Confirmed");
        await Expect(visit.Page.Locator("#id")).ToHaveTextAsync(trip.Id);
    }

    [BrowserFact]
    public async Task Filters_are_in_the_address_and_come_back_with_it()
    {
        await app.BookAsync(new() { Name = "Fred & Co. ü" });
        await app.BookAsync(new() { Name = "Fred & Co. ü", Flight = "Invalid 123" });
        await using var visit = await browser.OpenAsync(app, "/trips");
        var (name, status) = (visit.Page.GetByLabel("Name begins with"), visit.Page.GetByLabel("Status"));

        await name.FillAsync("fred & CO. ü");
        await name.PressAsync("Enter");
        await Expect(Rows(visit)).ToHaveCountAsync(2);
        await status.SelectOptionAsync("Cancelled");
        await Expect(Rows(visit)).ToHaveCountAsync(1);
        Assert.Equal("?status=Cancelled&name=fred+%26+CO.+%C3%BC", new Uri(visit.Page.Url).Query);

        await visit.Page.ReloadAsync();
        await Expect(name).ToHaveValueAsync("fred & CO. ü");
        await Expect(status).ToHaveValueAsync("Cancelled");
        await Expect(Rows(visit)).ToHaveCountAsync(1);

        await visit.Page.GoBackAsync();
        await Expect(status).ToHaveValueAsync("");
        await Expect(Rows(visit)).ToHaveCountAsync(2);

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Clear" }).ClickAsync();
        await Expect(name).ToHaveValueAsync("");
        Assert.Equal("", new Uri(visit.Page.Url).Query);
    }

    [BrowserFact]
    public async Task Times_are_local_in_the_fields_and_utc_in_the_address()
    {
        await app.BookAsync(new() { Name = "Timed Tom" });
        await using var visit = await browser.OpenAsync(app, "/trips?name=Timed", new() { TimezoneId = "Asia/Tokyo" });

        await visit.Page.GetByLabel("Requested from").FillAsync("2026-03-01T09:00");
        await visit.Page.GetByLabel("Requested until").FillAsync("2026-03-01T09:30:15");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Filter" }).ClickAsync();

        await Expect(visit.Page.GetByText("There is no such trip.")).ToBeVisibleAsync();
        Assert.Contains("from=2026-03-01T00%3A00%3A00.000Z&to=2026-03-01T00%3A30%3A15.000Z", visit.Page.Url, StringComparison.Ordinal);
        await visit.Page.ReloadAsync();
        await Expect(visit.Page.GetByLabel("Requested from")).ToHaveValueAsync("2026-03-01T09:00");
        await Expect(visit.Page.GetByLabel("Requested until")).ToHaveValueAsync("2026-03-01T09:30:15");
    }

    [BrowserFact]
    public async Task What_is_wrong_with_a_filter_is_said_beside_it()
    {
        await using var visit = await browser.OpenAsync(app, "/trips");
        visit.RequestsMayFail = true;
        var name = visit.Page.GetByLabel("Name begins with");
        await name.FillAsync(new string('x', 201));
        await name.PressAsync("Enter");

        await Expect(name).ToHaveAccessibleDescriptionAsync("'name' has to be text of 1 to 200 characters: it has 201.");
        await name.FillAsync("Unknown");
        await name.PressAsync("Enter");
        await Expect(visit.Page.Locator("[aria-invalid=true]")).ToHaveCountAsync(0);

        await visit.Page.GotoAsync("/trips?continuationToken=garbage");
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync(
            "'continuationToken' has to be one that the page before has answered");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Show all trips" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToBeHiddenAsync();
    }

    [BrowserFact]
    public async Task Pages_go_on_and_back_and_have_addresses()
    {
        await Task.WhenAll(Enumerable.Range(0, PageSize + 3).Select(
            number => app.StartTripAsync(new() { Name = string.Create(CultureInfo.InvariantCulture, $"Paged {number:00}") })));
        await using var visit = await browser.OpenAsync(app, "/trips?name=Paged");
        var back = visit.Page.GetByRole(AriaRole.Button, new() { Name = "Back" });
        var next = visit.Page.GetByRole(AriaRole.Button, new() { Name = "Next" });
        await Expect(Rows(visit)).ToHaveCountAsync(PageSize);
        await Expect(back).ToBeDisabledAsync();

        await next.ClickAsync();
        await Expect(Rows(visit)).ToHaveCountAsync(3);
        await Expect(visit.Page.GetByText("Page 2")).ToBeVisibleAsync();
        await Expect(next).ToBeDisabledAsync();
        await Expect(next).ToBeFocusedAsync();
        var address = visit.Page.Url;

        await visit.Page.ReloadAsync();
        await Expect(Rows(visit)).ToHaveCountAsync(3);
        await back.ClickAsync();
        await Expect(Rows(visit)).ToHaveCountAsync(PageSize);
        await visit.Page.GoBackAsync();
        await Expect(Rows(visit)).ToHaveCountAsync(3);

        // As somebody else opens it who was sent it.
        await using var other = await browser.OpenAsync(app, address);
        await Expect(Rows(other)).ToHaveCountAsync(3);
        await other.Page.GetByRole(AriaRole.Button, new() { Name = "Back" }).ClickAsync();
        await Expect(Rows(other)).ToHaveCountAsync(PageSize);
    }

    [BrowserFact]
    public async Task The_last_hour_is_a_chart_a_text_and_a_table()
    {
        await app.BookAsync(new() { Name = "Counted Cora" });
        await app.BookAsync(new() { Name = "Counted Carl", Flight = "Invalid 123" });
        await using var visit = await browser.OpenAsync(app, "/trips");

        var label = "trips were requested in the last hour: Confirmed [1-9][0-9]*, Cancelled [1-9]";
        var chart = visit.Page.GetByRole(AriaRole.Img, new() { NameRegex = new(label) });
        await Expect(chart).ToBeVisibleAsync();
        Assert.NotEqual(0, await chart.Locator(".bar.good").CountAsync());

        await visit.Page.GetByText("The numbers as a table").ClickAsync();
        var table = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Trips a minute of the last hour" });
        await Expect(table.Locator("tbody tr").First).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task A_server_that_is_away_is_waited_for()
    {
        using var data = new DataFile();
        await using var first = await LocalApp.StartAsync(data);
        await first.BookAsync(new());
        await using var visit = await browser.OpenAsync(first, "/trips");
        visit.RequestsMayFail = true;
        await Expect(Rows(visit)).ToHaveCountAsync(1);

        await first.KillAsync();
        await Expect(visit.Connection).ToHaveTextAsync("The server is away; reconnecting…");
        await Expect(Rows(visit)).ToHaveCountAsync(1);

        await using var again = await LocalApp.StartAsync(data, first.Address);
        await Expect(visit.Connection).ToHaveTextAsync("The server is back.");
        await again.BookAsync(new());
        await Expect(Rows(visit)).ToHaveCountAsync(2);
    }

    private static ILocator Rows(Visit visit) => visit.Page.Locator("#rows > tr");
}

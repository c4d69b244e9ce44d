using BookingFunctions.Tests.EndToEnd;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BookingFunctions.Tests.Web;

/// <summary>The operators' page: what waits for them, whether all is well, and what if it isn't.</summary>
public sealed class OperatePageTests(Browser browser, DevelopmentApp development)
    : IClassFixture<Browser>, IClassFixture<DevelopmentApp>, IAsyncLifetime
{
    private static readonly TripRequest Stuck = new() { Hotel = "Stuck Inn", Flight = "Invalid 123" };

    private readonly LocalApp app = development.App;

    /// <inheritdoc/>
    public Task InitializeAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task DisposeAsync() => await app.ResetSuppliersAsync();

    [BrowserFact]
    public async Task A_leg_is_skipped_with_a_note_and_the_trip_leaves_the_list()
    {
        await using var visit = await browser.OpenAsync(app, "/operate");
        visit.RequestsMayFail = true;
        var trip = await app.BookAsync(Stuck with { Name = "Skip Sue" });
        var card = Card(visit, "Skip Sue");
        await Expect(card).ToContainTextAsync("The hotel could not be undone");

        await card.GetByRole(AriaRole.Button, new() { Name = "Skip the undo" }).ClickAsync();
        var dialog = visit.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Textbox).FillAsync(new string('n', 201));
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Skip the undo" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("'note' has to be text of 1 to 200 characters");
        await dialog.GetByRole(AriaRole.Textbox).FillAsync("Paid for, <b>says</b> Grace");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Skip the undo" }).ClickAsync();

        await Expect(card).ToHaveCountAsync(0);
        await Expect(visit.Page.Locator("#attention-title")).ToBeFocusedAsync();
        var now = await app.GetTripAsync(trip.Id);
        Assert.Equal(("Cancelled", "Paid for, <b>says</b> Grace"), (now.Status, now.Hotel.Skipped!.Note));

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Compare now" }).ClickAsync();
        var accepted = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Accepted" }).Locator("tbody tr", new() { HasText = trip.Id });
        await Expect(accepted).ToContainTextAsync("was skipped by operator (Paid for, <b>says</b> Grace)");
        await Expect(visit.Page.Locator("#comparison")).ToContainTextAsync("All or nothing");
    }

    [BrowserFact]
    public async Task An_undo_is_tried_again_once_the_supplier_is_well()
    {
        await app.ChangeSupplierAsync("car", "undoFails");
        var trip = await app.BookAsync(new() { Name = "Retry Ron", Flight = "Invalid 123" });
        await using var visit = await browser.OpenAsync(app, "/operate");
        var card = Card(visit, "Retry Ron");
        await Expect(card).ToContainTextAsync("The car could not be undone");

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Reset all suppliers" }).ClickAsync();
        await Expect(visit.Page.Locator(".supplier").First).ToContainTextAsync("Healthy");
        await card.GetByRole(AriaRole.Button, new() { Name = "Try the undo again" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();

        await Expect(card).ToHaveCountAsync(0);
        Assert.Equal("Cancelled", (await app.GetTripAsync(trip.Id)).Status);
    }

    [BrowserFact]
    public async Task A_trip_whose_orchestration_was_ended_can_be_cancelled()
    {
        await app.ChangeSupplierAsync("hotel", "unavailable");
        var id = await app.StartTripAsync(new() { Name = "Ended Ed", Attempts = 1000 });
        await app.UntilAsync(id, trip => trip.Hotel.Attempt > 1);
        await app.ManageAsync(HttpMethod.Post, $"{id}/terminate?reason=test");
        await app.UntilAsync(id, trip => trip.Status == "NeedsAttention");
        await app.ResetSuppliersAsync();
        await using var visit = await browser.OpenAsync(app, $"/trips/{id}");

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel the trip" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Textbox).FillAsync("It was ended");
        await visit.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Cancel the trip" }).ClickAsync();

        await app.UntilAsync(id, trip => trip.Status == "Cancelled");
    }

    [BrowserFact]
    public async Task What_does_not_match_is_listed()
    {
        await using var visit = await browser.OpenAsync(app, "/operate");
        await AnswerAsync(visit, """
            {
              "orphans": [{
                "reservationId": "unknown-car", "tripId": "unknown", "leg": "car",
                "item": "<i>Ford</i>", "confirmation": "CAR-1", "reason": "There is no trip 'unknown'."
              }],
              "missing": [{
                "reservationId": "alice-hotel", "tripId": "alice", "leg": "hotel",
                "item": "Hilton", "confirmation": null, "reason": "Nothing was ever booked."
              }],
              "accepted": [],
              "checked": 1234
            }
            """);

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Compare now" }).ClickAsync();

        await Expect(visit.Page.Locator("#comparison")).ToContainTextAsync("2 do not match 1,234 live reservations compared at ");
        await Expect(visit.Page.GetByRole(AriaRole.Region, new() { Name = "Orphans" })).ToContainTextAsync("<i>Ford</i>");
        var missing = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Missing" });
        await Expect(missing.GetByRole(AriaRole.Link, new() { Name = "alice" })).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Compare now" })).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task A_comparison_that_breaks_off_says_nothing_about_the_rest()
    {
        await using var visit = await browser.OpenAsync(app, "/operate");
        await AnswerAsync(visit, """{"orphans":[],"missing":[""");

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Compare now" }).ClickAsync();

        await Expect(visit.Page.Locator("#comparison")).ToContainTextAsync("Not compared The answer broke off");
    }

    [BrowserFact]
    public async Task A_comparison_can_be_stopped()
    {
        await using var visit = await browser.OpenAsync(app, "/operate");
        visit.RequestsMayFail = true;
        await visit.Page.RouteAsync("**/api/reconciliation", _ => Task.CompletedTask);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Compare now" }).ClickAsync();
        await Expect(visit.Page.Locator("#comparison")).ToContainTextAsync("Comparing…");

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();

        await Expect(visit.Page.Locator("#comparison")).ToContainTextAsync("It was stopped.");
    }

    [BrowserFact]
    public async Task Whether_the_host_is_ready_is_said()
    {
        await using var visit = await browser.OpenAsync(app, "/operate");
        await Expect(visit.Page.Locator("#health")).ToHaveTextAsync("Ready The stores answer.");

        visit.RequestsMayFail = true;
        await visit.Page.RouteAsync("**/api/health", route => route.FulfillAsync(new()
        {
            Status = 503,
            ContentType = "application/problem+json",
            Body = """{"status":503,"detail":"The store of trips can't be read. Ask again later."}""",
        }));
        await visit.Page.ReloadAsync();

        await Expect(visit.Page.Locator("#health")).ToHaveTextAsync("Not ready The store of trips can't be read. Ask again later.");
    }

    [BrowserFact]
    public async Task A_supplier_is_made_to_misbehave_and_is_reset()
    {
        await using var visit = await browser.OpenAsync(app, "/operate");
        visit.RequestsMayFail = true;
        var hotel = visit.Page.GetByRole(AriaRole.Form, new() { Name = "Hotel" });
        await hotel.GetByLabel("What if it is").SelectOptionAsync("Slow");
        await hotel.GetByLabel("Seconds more").FillAsync("61");
        await hotel.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await Expect(visit.Page.GetByText("'seconds' has to be a whole number from 1 to 60")).ToBeVisibleAsync();
        await hotel.GetByLabel("What if it is").SelectOptionAsync("Slow");
        await hotel.GetByLabel("Seconds more").FillAsync("7");
        await hotel.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();

        await Expect(hotel).ToContainTextAsync("Slow: 7 s more");
        Assert.Contains(("hotel", "slow", 7), await app.SuppliersAsync());

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Reset all suppliers" }).ClickAsync();
        await Expect(visit.Page.Locator(".supplier .badge")).ToHaveTextAsync(["Healthy", "Healthy", "Healthy"]);
        Assert.All(await app.SuppliersAsync(), supplier => Assert.Equal("healthy", supplier.Condition));
    }

    private static ILocator Card(Visit visit, string name) =>
        visit.Page.GetByRole(AriaRole.Region, new() { Name = "Needs attention" })
            .GetByRole(AriaRole.Listitem)
            .Filter(new() { HasText = name });

    private static async Task AnswerAsync(Visit visit, string report) =>
        await visit.Page.RouteAsync(
            "**/api/reconciliation", route => route.FulfillAsync(new() { ContentType = "application/json", Body = report }));
}

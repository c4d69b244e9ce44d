using BookingFunctions.Tests.EndToEnd;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BookingFunctions.Tests.Web;

/// <summary>The demos, as a person tries them: a click each, and then to watch.</summary>
public sealed class DemoTests(Browser browser, StuckApp stuck) : IClassFixture<Browser>, IClassFixture<StuckApp>
{
    [BrowserFact]
    public async Task All_goes_well()
    {
        await using var visit = await TryAsync("All goes well");

        await Expect(visit.Word).ToHaveTextAsync("Confirmed");
        await Expect(visit.Steps).ToHaveTextAsync(["Book the car", "Book the hotel", "Book the flight", "Notify the traveler"]);
        await Expect(visit.Stations).ToContainTextAsync(["Booked", "Booked", "Booked", "Notified"]);
    }

    [BrowserFact]
    public async Task A_flaky_car_shows_its_six_attempts_and_what_each_died_of()
    {
        await using var visit = await TryAsync("A flaky car");

        await Expect(visit.Word).ToHaveTextAsync("Confirmed");
        await Expect(visit.Page.Locator(".attempts li")).ToContainTextAsync(
            ["Attempt 1 failed", "Attempt 2 failed", "Attempt 3 failed", "Attempt 4 failed", "Attempt 5 failed", "Attempt 6 succeeded"]);

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Attempt 2 failed" }).ClickAsync();
        await Expect(visit.Page.Locator(".failure")).ToContainTextAsync(
            ["ProviderUnavailableException: The car 'Flaky Ford' can't be booked right now (try 2"]);
        await visit.Page.Locator(".failure").GetByText("Stack trace").ClickAsync();
        await Expect(visit.Page.Locator(".failure pre")).ToContainTextAsync("BuiltInTravelProvider");
    }

    [BrowserFact]
    public async Task An_invalid_flight_is_undone_backwards()
    {
        await using var visit = await TryAsync("An invalid flight");

        await Expect(visit.Word).ToHaveTextAsync("Cancelled");
        await Expect(visit.Page.Locator("#sentence")).ToHaveTextAsync("Nothing is booked.");
        await Expect(visit.Page.Locator("#reason")).ToHaveTextAsync("InvalidFlightException: There is no flight 'Invalid 123'.");
        await Expect(visit.Steps).ToHaveTextAsync(
            [
                "Book the car", "Book the hotel", "Book the flight",
                "↩ Undo the flight", "↩ Undo the hotel", "↩ Undo the car", "Notify the traveler",
            ]);
        await Expect(visit.Stations).ToContainTextAsync(["Undone", "Undone", "Failed", "Notified"]);
        await Expect(visit.Page.GetByText("Cancel the trip")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task A_sold_out_hotel_leaves_the_flight_alone()
    {
        await using var visit = await TryAsync("A sold out hotel");

        await Expect(visit.Word).ToHaveTextAsync("Cancelled");
        await Expect(visit.Stations).ToContainTextAsync(["Undone", "Failed", "Never tried", "Notified"]);
    }

    [BrowserFact]
    public async Task All_at_once_undoes_what_is_still_on_its_way()
    {
        await using var visit = await TryAsync("All at once, one refused");

        await Expect(visit.Word).ToHaveTextAsync("Cancelled");
        await Expect(visit.Page.Locator("#plan")).ToContainTextAsync("All legs at once");
        await Expect(visit.Stations).ToContainTextAsync(["Undone", "Undone", "Failed", "Notified"]);
    }

    [BrowserFact]
    public async Task A_buggy_hotel_is_tried_until_the_trip_is_cancelled()
    {
        await using var visit = await TryAsync("A buggy hotel");
        await Expect(visit.Page.Locator(".attempts li").First).ToContainTextAsync("Attempt 1 failed");
        await Expect(visit.Stations.Nth(1)).ToContainTextAsync("Retrying");

        visit.RequestsMayFail = true;
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel the trip" }).ClickAsync();
        var dialog = visit.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel the trip" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("'reason' has to be text");
        await Expect(dialog.GetByLabel("Why?")).ToBeFocusedAsync();
        await dialog.GetByLabel("Why?").FillAsync("The hotel never answers");
        await dialog.GetByLabel("Why?").PressAsync("Enter");

        await Expect(visit.Word).ToHaveTextAsync("Cancelled");
        await Expect(visit.Page.Locator("#reason")).ToHaveTextAsync("Cancelled: The hotel never answers");
        await Expect(visit.Page.Locator(".note-step")).ToContainTextAsync("The trip was cancelled: The hotel never answers");
    }

    [BrowserFact]
    public async Task A_stuck_undo_waits_for_an_operator_who_tries_again_and_then_accepts_it()
    {
        await using var visit = await TryAsync("An undo that is stuck");
        await Expect(visit.Word).ToHaveTextAsync("Needs attention");
        await Expect(visit.Stations).ToContainTextAsync(["Undone", "Undo failed", "Failed", "Notified when decided"]);

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Try the undo again" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(visit.Page.Locator(".note-step")).ToContainTextAsync("operator had the undo of the hotel tried again.");
        await Expect(visit.Page.Locator(".undo.failed .attempts li")).ToHaveCountAsync(4);

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Skip the undo" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Dialog).GetByLabel("Note").FillAsync("Paid by us");
        await visit.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Skip the undo" }).ClickAsync();

        await Expect(visit.Word).ToHaveTextAsync("Cancelled");
        await Expect(visit.Page.Locator("#sentence")).ToHaveTextAsync("Nothing is booked but the hotel, which operator has accepted.");
        await Expect(visit.Stations.Nth(1)).ToContainTextAsync("Accepted");
        await Expect(visit.Page.Locator(".note-step").Last).ToContainTextAsync("operator accepted what the hotel still holds: Paid by us");
    }

    private async Task<Visit> TryAsync(string demo)
    {
        var visit = await browser.OpenAsync(stuck.App, "/");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = $"Try it {demo}", Exact = true }).ClickAsync();
        return visit;
    }
}

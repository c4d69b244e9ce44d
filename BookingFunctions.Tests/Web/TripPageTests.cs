using System.Text.Json;
using BookingFunctions.Tests.EndToEnd;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BookingFunctions.Tests.Web;

public sealed class TripPageTests(Browser browser, QuickApp quick) : IClassFixture<Browser>, IClassFixture<QuickApp>
{
    [BrowserFact]
    public async Task An_unknown_trip_is_said_to_be_unknown()
    {
        await using var visit = await browser.OpenAsync(quick.App, "/trips/unknown-%3Cb%3E0%20");
        visit.RequestsMayFail = true;

        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("There is no such trip");
        await Expect(visit.Page.Locator("#missing-text")).ToContainTextAsync("unknown-<b>0 ");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Book a trip" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Book a trip");
    }

    [BrowserFact]
    public async Task A_confirmed_trip_can_be_cancelled_and_everything_is_undone_before_ones_eyes()
    {
        await using var visit = await OpenAsync(new());
        await Expect(visit.Word).ToHaveTextAsync("Confirmed");

        await visit.CancelTripAsync("Ill");

        await Expect(visit.Word).ToHaveTextAsync("Cancelled");
        await Expect(visit.Stations).ToContainTextAsync(["Undone", "Undone", "Undone", "Notified"]);
        await Expect(visit.Page.Locator(".note-step")).ToContainTextAsync("The trip was cancelled: Ill");
        await Expect(visit.Steps).ToHaveTextAsync(
        [
            "Book the car", "Book the hotel", "Book the flight", "Notify the traveler",
            "↩ Undo the flight", "↩ Undo the hotel", "↩ Undo the car", "Notify the traveler",
        ]);
    }

    [BrowserFact]
    public async Task A_trip_that_was_terminated_can_be_cancelled()
    {
        await using var visit = await OpenAsync(new() { Hotel = "Buggy Inn", Attempts = 1000 });
        await Expect(visit.Stations.Nth(1)).ToContainTextAsync("Retrying");
        await quick.App.ManageAsync(HttpMethod.Post, $"{await visit.Page.Locator("#id").InnerTextAsync()}/terminate?reason=test");

        await Expect(visit.Word).ToHaveTextAsync("Needs attention");
        await Expect(visit.Page.Locator("#reason")).ToHaveTextAsync("Terminated: test");
        await Expect(visit.Stations).ToContainTextAsync(["Booked", "Given up", "Never tried", "Notified when decided"]);
        await visit.CancelTripAsync("It is not wanted any more");

        await Expect(visit.Word).ToHaveTextAsync("Cancelled");
    }

    [BrowserFact]
    public async Task The_history_can_be_folded_filtered_copied_and_saved()
    {
        await using var visit = await OpenAsync(new() { Hotel = "Sold Out Inn" });
        await visit.AllowClipboardAsync();
        var events = visit.Page.Locator("#history > li");
        await Expect(visit.Word).ToHaveTextAsync("Cancelled");
        await Expect(events.Last).ToContainTextAsync("Orchestration ended");
        await Expect(visit.Page.GetByText("OrchestratorStarted", new() { Exact = true })).ToHaveCountAsync(0);
        var compact = await events.CountAsync();

        await visit.Page.GetByLabel("All events").CheckAsync();
        await Expect(visit.Page.GetByText("OrchestratorStarted", new() { Exact = true }).First).ToBeVisibleAsync();
        Assert.True(await events.CountAsync() > compact);

        await visit.Page.GetByLabel("Filter the events").FillAsync("soldout");
        await Expect(visit.Page.Locator("#history-count")).ToContainTextAsync("match “soldout”");
        await Expect(visit.Page.GetByText("OrchestratorStarted", new() { Exact = true })).ToHaveCountAsync(0);
        await visit.Page.Locator("#history summary").First.ClickAsync();
        await Expect(events.First.Locator("pre").Last).ToContainTextAsync("SoldOutException");

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Copy as JSON" }).ClickAsync();
        await Expect(visit.Page.GetByText("Copied")).ToBeVisibleAsync();
        var copied = await visit.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
        var saved = await visit.Page.RunAndWaitForDownloadAsync(
            () => visit.Page.GetByRole(AriaRole.Button, new() { Name = "Download" }).ClickAsync());

        var id = await visit.Page.Locator("#id").InnerTextAsync();
        Assert.Equal($"{id}.json", saved.SuggestedFilename);
        Assert.Equal(copied, await File.ReadAllTextAsync(await saved.PathAsync()));
        Assert.Equal(id, JsonDocument.Parse(copied).RootElement.GetProperty("id").GetString());
    }

    [BrowserFact]
    public async Task What_is_unfolded_stays_so_while_the_trip_goes_on()
    {
        await using var visit = await OpenAsync(new() { Hotel = "Buggy Inn", Attempts = 1000 });
        await visit.Page.Locator(".failure").GetByText("Stack trace").First.WaitForAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Attempt 1 failed" }).ClickAsync();
        await visit.Page.Locator(".failure").GetByText("Stack trace").ClickAsync();
        await visit.Page.Locator("#history summary").Nth(1).ClickAsync();

        // More than is shown otherwise: what is unfolded doesn't fall out of the list.
        await Expect(visit.Page.Locator("#history > li:nth-child(310)")).ToBeAttachedAsync();

        await Expect(visit.Page.Locator(".failure pre")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("#history > li > details[open] > pre")).ToBeVisibleAsync();
        await quick.App.CancelAsync(await visit.Page.Locator("#id").InnerTextAsync());
        await Expect(visit.Word).ToHaveTextAsync("Cancelled");
    }

    [BrowserFact]
    public async Task What_is_unfolded_stays_so_when_its_outcome_comes()
    {
        await using var visit = await OpenAsync(new() { Car = "Slow Ford" });
        var booking = visit.Page.Locator("#history > li", new() { HasText = "BookCar, attempt 1" });
        await booking.Locator("summary").ClickAsync();

        await Expect(booking.Locator("pre")).ToContainTextAsync("TaskCompleted");
        await Expect(booking.Locator("pre")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task A_trip_whose_history_was_removed_is_still_shown()
    {
        var trip = await quick.App.BookAsync(new());
        await quick.App.ManageAsync(HttpMethod.Delete, trip.Id);
        await using var visit = await browser.OpenAsync(quick.App, $"/trips/{trip.Id}");
        visit.RequestsMayFail = true;

        await Expect(visit.Word).ToHaveTextAsync("Confirmed");
        await Expect(visit.Stations).ToContainTextAsync(["Booked", "Booked", "Booked", "Notified"]);
        await Expect(visit.Page.Locator("#history-count")).ToHaveTextAsync("There is no history: it was removed.");
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Download" })).ToBeDisabledAsync();
    }

    private async Task<Visit> OpenAsync(TripRequest trip) =>
        await browser.OpenAsync(quick.App, $"/trips/{await quick.App.StartTripAsync(trip)}");
}

using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using BookingFunctions.Tests.EndToEnd;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BookingFunctions.Tests.Web;

public sealed class BookPageTests(Browser browser, QuickApp quick) : IClassFixture<Browser>, IClassFixture<QuickApp>
{
    [BrowserFact]
    public async Task The_form_is_filled_in_and_books_a_trip()
    {
        await using var visit = await browser.OpenAsync(quick.App, "/");
        (string Label, string Text)[] fields =
            [("Name", "Alice Jones"), ("Car", "Ford 150"), ("Hotel", "Hilton 123"), ("Flight", "Alaska Airlines 123")];
        foreach (var (label, text) in fields)
        {
            await Expect(visit.Page.GetByLabel(label, new() { Exact = true })).ToHaveValueAsync(text);
        }

        await BookButton(visit).ClickAsync();

        await Expect(visit.Word).ToHaveTextAsync("Confirmed");
        await Expect(visit.Page).ToHaveTitleAsync("Confirmed · Alice Jones");
        var trip = await quick.App.GetTripAsync(await visit.Page.Locator("#id").InnerTextAsync());
        Assert.Equal("Confirmed", trip.Status);
        Assert.Equal(["Ford 150", "Hilton 123", "Alaska Airlines 123"], trip.Legs.Select(leg => leg.Request));
    }

    [BrowserFact]
    public async Task All_that_can_be_asked_for_reaches_the_trip()
    {
        await using var visit = await browser.OpenAsync(quick.App, "/");
        await visit.Page.GetByLabel("Attempts").FillAsync("7");
        await visit.Page.GetByLabel("Deadline").FillAsync("600");
        await visit.Page.GetByLabel("Book all three at once").CheckAsync();

        // As the Enter key does it, in any field.
        await visit.Page.GetByLabel("Name", new() { Exact = true }).PressAsync("Enter");

        await Expect(visit.Page.Locator("#plan")).ToHaveTextAsync("All legs at once, up to 7 attempts each, deadline 10 min 0 s");
    }

    [BrowserFact]
    public async Task What_is_wrong_is_said_beside_its_field_until_it_is_mended()
    {
        await using var visit = await browser.OpenAsync(quick.App, "/");
        visit.RequestsMayFail = true;
        var (car, attempts) = (visit.Page.GetByLabel("Car", new() { Exact = true }), visit.Page.GetByLabel("Attempts"));
        await car.FillAsync("   ");
        await attempts.FillAsync("many");

        await BookButton(visit).ClickAsync();

        await Expect(car).ToBeFocusedAsync();
        await Expect(car).ToHaveAccessibleDescriptionAsync(new Regex(Regex.Escape("'car' has to be text of 1 to 200 characters")));
        await Expect(attempts).ToHaveAccessibleDescriptionAsync(
            new Regex(Regex.Escape("'attempts' has to be a whole number from 1 to 1000.")));
        await Expect(visit.Page.Locator("[aria-invalid=true]")).ToHaveCountAsync(2);
        await Expect(visit.Page.Locator("#order-error")).ToBeHiddenAsync();

        await car.FillAsync("Ford 150");
        await Expect(visit.Page.Locator("[aria-invalid=true]")).ToHaveCountAsync(1);
        await attempts.FillAsync("");
        await BookButton(visit).ClickAsync();

        await Expect(visit.Word).ToHaveTextAsync("Confirmed");
    }

    [BrowserFact]
    public async Task A_double_click_books_once()
    {
        await using var visit = await browser.OpenAsync(quick.App, "/");
        await visit.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Double Dora");

        await BookButton(visit).DblClickAsync();

        await Expect(visit.Word).ToHaveTextAsync("Confirmed");
        Assert.Equal(1, await CountAsync("Double Dora"));
    }

    [BrowserFact]
    public async Task An_order_whose_answer_was_lost_is_sent_again_as_the_same_one()
    {
        await using var visit = await browser.OpenAsync(quick.App, "/");
        visit.RequestsMayFail = true;
        await visit.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Lost Lola");
        await visit.Page.RouteAsync(
            "**/api/trips",
            async route =>
            {
                await route.FetchAsync();
                await route.AbortAsync();
            },
            new() { Times = 1 });

        await BookButton(visit).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Book again: it stays one trip.");
        await BookButton(visit).ClickAsync();

        await Expect(visit.Word).ToHaveTextAsync("Confirmed");
        Assert.Equal(1, await CountAsync("Lost Lola"));
    }

    private static ILocator BookButton(Visit visit) => visit.Page.Locator("#book");

    private async Task<int> CountAsync(string name)
    {
        var list = await quick.App.Http.GetFromJsonAsync<JsonElement>(
            new Uri($"api/trips?name={Uri.EscapeDataString(name)}", UriKind.Relative));
        return list.GetProperty("trips").GetArrayLength();
    }
}

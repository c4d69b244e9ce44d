using BookingFunctions.Tests.EndToEnd;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BookingFunctions.Tests.Web;

/// <summary>What axe finds on the pages in their main states, in light and in dark, on a screen and on a phone: nothing.</summary>
public sealed class AccessibilityTests(Browser browser, DevelopmentApp development)
    : IClassFixture<Browser>, IClassFixture<DevelopmentApp>, IAsyncLifetime
{
    private static readonly AxeRunOptions WcagLevelAA = new()
    {
        RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
        ResultTypes = [ResultType.Violations],
    };

    // What can differ in the other colours and on the smaller screen.
    private static readonly AxeRunOptions LookAndSize = new()
    {
        RunOnly = new() { Type = "rule", Values = ["color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block"] },
        ResultTypes = [ResultType.Violations],
    };

    private readonly LocalApp app = development.App;

    /// <inheritdoc/>
    public Task InitializeAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task DisposeAsync() => await app.ResetSuppliersAsync();

    [BrowserFact]
    public async Task The_page_that_books()
    {
        await using var visit = await browser.OpenAsync(app, "/");
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Try it" }).First).ToBeVisibleAsync();
        await AssertAccessibleAsync(visit);

        visit.RequestsMayFail = true;
        await visit.Page.Locator("#name").FillAsync("");
        await visit.Page.Locator("#book").ClickAsync();
        await Expect(visit.Page.Locator("#name")).ToHaveAttributeAsync("aria-invalid", "true");
        await AssertAccessibleAsync(visit);
    }

    [BrowserTheory]
    [InlineData("Ford 150", "Hilton 123", "Alaska Airlines 123", "Confirmed")]
    [InlineData("Flaky Ford", "Hilton 123", "Invalid 123", "Cancelled")]
    [InlineData("Ford 150", "Stuck Inn", "Invalid 123", "Needs attention")]
    public async Task The_page_of_a_trip(string car, string hotel, string flight, string word)
    {
        var trip = await app.BookAsync(new() { Car = car, Hotel = hotel, Flight = flight });
        await using var visit = await browser.OpenAsync(app, $"/trips/{trip.Id}");
        await Expect(visit.Page.Locator("#word")).ToHaveTextAsync(word);
        await Expect(visit.Page.Locator("#history-count")).ToContainTextAsync("events");
        foreach (var details in await visit.Page.Locator("main summary").AllAsync())
        {
            if (await details.IsVisibleAsync())
            {
                await details.ClickAsync();
            }
        }

        await AssertAccessibleAsync(visit);
    }

    [BrowserFact]
    public async Task The_page_of_a_trip_that_is_under_way_and_its_dialog()
    {
        // Each attempt is cut off after seconds: enough of them are left, however long the checks take.
        await app.ChangeSupplierAsync("hotel", "slow", 60);
        var id = await app.StartTripAsync(new() { Attempts = 1000 });
        await using var visit = await browser.OpenAsync(app, $"/trips/{id}");
        await Expect(visit.Page.Locator("#track > li").Nth(1)).ToContainTextAsync("Retrying");
        await AssertAccessibleAsync(visit);

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel the trip" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await AssertAccessibleAsync(visit);
        await app.ResetSuppliersAsync();
        await app.DecidedAsync(id);
    }

    [BrowserFact]
    public async Task The_list_of_trips()
    {
        await app.BookAsync(new());
        await app.BookAsync(new() { Flight = "Invalid 123" });
        await app.BookAsync(new() { Hotel = "Stuck Inn", Flight = "Invalid 123" });
        await using var visit = await browser.OpenAsync(app, "/trips");
        await Expect(visit.Page.Locator("#rows > tr").Nth(2)).ToBeVisibleAsync();
        await visit.Page.GetByText("The numbers as a table").ClickAsync();
        await AssertAccessibleAsync(visit);

        await visit.Page.GotoAsync("/trips?name=Unknown%20traveler");
        await Expect(visit.Page.GetByText("There is no such trip.")).ToBeVisibleAsync();
        await AssertAccessibleAsync(visit);
    }

    [BrowserFact]
    public async Task The_page_of_the_operators()
    {
        await app.BookAsync(new() { Hotel = "Stuck Inn", Flight = "Invalid 123" });
        await app.BookAsync(new() { Hotel = "Stuck Inn", Flight = "Invalid 123" });
        await app.ChangeSupplierAsync("car", "slow", 1);
        await using var visit = await browser.OpenAsync(app, "/operate");
        await Expect(visit.Page.Locator(".attention-card .decision").Nth(1)).ToBeVisibleAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Compare now" }).ClickAsync();
        await Expect(visit.Page.Locator("#comparison")).ToContainTextAsync("compared at");
        await Expect(visit.Page.Locator(".supplier").First).ToContainTextAsync("Slow: 1 s more");

        await AssertAccessibleAsync(visit);
    }

    private static async Task AssertAccessibleAsync(Visit visit)
    {
        foreach (var (width, height, scheme, rules) in new[]
        {
            (1280, 900, ColorScheme.Light, WcagLevelAA), (360, 740, ColorScheme.Dark, LookAndSize),
        })
        {
            await visit.Page.SetViewportSizeAsync(width, height);
            await visit.Page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            await visit.Page.EvaluateAsync(
                "Promise.all(document.getAnimations().map(animation => animation.finished.catch(() => null))).then(() => null)");
            var result = await visit.Page.RunAxe(rules);
            Assert.True(
                result.Violations.Length == 0,
                string.Join('\n', result.Violations.Select(found =>
                    $"{visit.Page.Url} ({width}, {scheme}): {found.Id}: {found.Help}\n  "
                    + string.Join("\n  ", found.Nodes.Select(node => $"{node.Html} {node.Any.FirstOrDefault()?.Message}")))));
        }
    }
}

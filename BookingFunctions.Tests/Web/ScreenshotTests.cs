using BookingFunctions.Tests.EndToEnd;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BookingFunctions.Tests.Web;

/// <summary>
/// Pictures of the pages in their main states, each on a screen in light and on a phone in dark: in the folder "screenshots" beside the
/// tests' assembly, to be looked at.
/// </summary>
public sealed class ScreenshotTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly (int Width, int Height) Screen = (1200, 860);
    private static readonly (int Width, int Height) Phone = (360, 740);

    private static readonly (string Name, string Value)[] Watchable =
    [
        ("Saga__FirstRetryInterval", "00:00:00.150"), ("Saga__BackoffCoefficient", "2"), ("Saga__MaxRetryInterval", "01:00:00"),
        ("Saga__UndoAttempts", "3"),
    ];

    [BrowserFact]
    public async Task The_main_states_have_their_pictures()
    {
        using var data = new DataFile();
        await using var app = await LocalApp.StartAsync(data, Watchable);
        await using var visit = await browser.OpenAsync(app, "/");
        await PictureAsync(visit, "book");

        await ShowAsync(app, visit, new() { Car = "Flaky Ford" }, "Confirmed", "confirmed");
        await ShowAsync(app, visit, new() { Flight = "Invalid 123" }, "Cancelled", "cancelled");
        await ShowAsync(app, visit, new() { Hotel = "Stuck Inn", Flight = "Invalid 123" }, "Needs attention", "needs-attention");

        var slow = await app.StartTripAsync(new() { Car = "Slow Ford", Flight = "Invalid 123" });
        await visit.Page.GotoAsync($"/trips/{slow}");
        await Expect(visit.Stations.Nth(1)).ToContainTextAsync("Undoing");
        await PictureAsync(visit, "rolling-back");

        var buggy = await app.StartTripAsync(new() { Hotel = "Buggy Inn", Attempts = 1000 });
        await app.UntilAsync(buggy, trip => trip.Hotel.Attempt >= 6);
        await visit.Page.GotoAsync($"/trips/{buggy}");
        await Expect(visit.Page.Locator(".countdown:visible")).ToContainTextAsync("of 1000 in");
        await PictureAsync(visit, "retrying");
        await app.CancelAsync(buggy);
        await app.DecidedAsync(buggy);
        await app.DecidedAsync(slow);
    }

    private static async Task ShowAsync(LocalApp app, Visit visit, TripRequest trip, string word, string name)
    {
        var id = await app.StartTripAsync(trip);
        await app.DecidedAsync(id);
        await visit.Page.GotoAsync($"/trips/{id}");
        await Expect(visit.Word).ToHaveTextAsync(word);
        await Expect(visit.Page.Locator("#history-count")).ToContainTextAsync("events");
        await PictureAsync(visit, name);
    }

    private static async Task PictureAsync(Visit visit, string name)
    {
        foreach (var (size, (width, height), scheme) in new[] { ("screen", Screen, ColorScheme.Light), ("phone", Phone, ColorScheme.Dark) })
        {
            await visit.Page.SetViewportSizeAsync(width, height);
            await visit.Page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            var path = Path.Combine(AppContext.BaseDirectory, "screenshots", $"{name}-{size}-{scheme}.png".ToLowerInvariant());
            await visit.Page.ScreenshotAsync(new() { Path = path, FullPage = true, Caret = ScreenshotCaret.Initial });
            Assert.True(await FitsAsync(visit.Page), $"{name} is wider than a window of {width} pixels.");
        }
    }

    private static Task<bool> FitsAsync(IPage page) =>
        page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth");
}

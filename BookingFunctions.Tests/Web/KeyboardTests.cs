using BookingFunctions.Tests.EndToEnd;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BookingFunctions.Tests.Web;

/// <summary>The pages without a mouse.</summary>
public sealed class KeyboardTests(Browser browser, DevelopmentApp development) : IClassFixture<Browser>, IClassFixture<DevelopmentApp>
{
    // Goes through all that Tab reaches. Each has to come after the one before in the page (a field for a time has several parts),
    // to be seen, and to show that it has the focus.
    private const string Describe =
        """
        () => {
          const at = document.activeElement;
          if (!at || at === document.body) {
            return null;
          }
          const previous = window.previousFocus;
          window.previousFocus = at;
          const box = at.getBoundingClientRect();
          const style = getComputedStyle(at);
          return {
            name: at.id || at.textContent.trim().slice(0, 40) || at.tagName,
            isInOrder: !previous || previous === at || (previous.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0,
            isSeen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
            isMarked: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
          };
        }
        """;

    [BrowserFact]
    public async Task A_trip_is_booked_by_the_keyboard_alone()
    {
        await using var visit = await browser.OpenAsync(development.App, "/");
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Try it" }).First).ToBeVisibleAsync();
        var keys = visit.Page.Keyboard;
        await keys.PressAsync("Tab");
        await Expect(visit.Page.GetByText("Skip to the content")).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await keys.PressAsync("Tab");
        await Expect(visit.Page.Locator("#name")).ToBeFocusedAsync();
        foreach (var text in new[] { "Keyboard Kim", "Ford 7", "Hilton 7", "Airline 7" })
        {
            await keys.PressAsync("Control+A");
            await keys.TypeAsync(text);
            await keys.PressAsync("Tab");
        }

        await keys.PressAsync("Enter");

        await Expect(visit.Page.Locator("#word")).ToHaveTextAsync("Confirmed");
        var trip = await development.App.GetTripAsync(await visit.Page.Locator("#id").InnerTextAsync());
        Assert.Equal(["Keyboard Kim", "Ford 7", "Hilton 7", "Airline 7"], [trip.Name, .. trip.Legs.Select(leg => leg.Request)]);
    }

    [BrowserFact]
    public async Task A_dialog_takes_the_focus_keeps_it_and_gives_it_back()
    {
        var trip = await development.App.BookAsync(new() { Hotel = "Stuck Inn", Flight = "Invalid 123" });
        await using var visit = await browser.OpenAsync(development.App, $"/trips/{trip.Id}");
        var skip = visit.Page.GetByRole(AriaRole.Button, new() { Name = "Skip the undo" });
        await skip.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Textbox)).ToBeFocusedAsync();

        await visit.Page.Keyboard.PressAsync("Escape");

        await Expect(visit.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(skip).ToBeFocusedAsync();
    }

    [BrowserTheory]
    [InlineData("/", "#demos button")]
    [InlineData("/trips", "#rows a")]
    [InlineData("/trips/{id}", "#history > li")]
    [InlineData("/operate", ".attention-card .decision button")]
    public async Task The_focus_goes_down_the_page_and_is_seen(string path, string until)
    {
        var trip = await development.App.BookAsync(new() { Hotel = "Stuck Inn", Flight = "Invalid 123" });
        await using var visit = await browser.OpenAsync(development.App, path.Replace("{id}", trip.Id, StringComparison.Ordinal));
        await Expect(visit.Page.Locator(until).First).ToBeVisibleAsync();
        var seen = new List<string>();
        for (var number = 0; number < 200; number++)
        {
            await visit.Page.Keyboard.PressAsync("Tab");
            var focus = await visit.Page.EvaluateAsync<Focus?>(Describe);
            if (focus is null)
            {
                break;
            }

            Assert.True(focus.IsInOrder && focus.IsSeen && focus.IsMarked, $"{focus} after {string.Join(", ", seen)}");
            seen.Add(focus.Name);
        }

        Assert.Equal("Skip to the content", seen[0]);
        Assert.True(seen.Count > 6, string.Join(", ", seen));
    }

    private sealed record Focus
    {
        public string Name { get; set; } = "";

        public bool IsInOrder { get; set; }

        public bool IsSeen { get; set; }

        public bool IsMarked { get; set; }
    }
}

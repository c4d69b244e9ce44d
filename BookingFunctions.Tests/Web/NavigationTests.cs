using BookingFunctions.Tests.EndToEnd;
using Microsoft.Playwright;

namespace BookingFunctions.Tests.Web;

public sealed class NavigationTests(Browser browser, QuickApp quick) : IClassFixture<Browser>, IClassFixture<QuickApp>
{
    [BrowserFact]
    public async Task Every_page_leads_to_the_others()
    {
        await using var visit = await browser.OpenAsync(quick.App, "/");
        foreach (var page in new[] { "Trips", "Operate", "Book" })
        {
            await visit.Page.GetByRole(AriaRole.Navigation).GetByText(page, new() { Exact = true }).ClickAsync();

            await Assertions.Expect(visit.Page.Locator("nav [aria-current=page]")).ToHaveTextAsync(page);
        }
    }
}

using BookingFunctions.Tests.EndToEnd;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BookingFunctions.Tests.Web;

/// <summary>Whatever a traveler types is text: it never becomes markup, and breaks no page.</summary>
public sealed class HostileInputTests(Browser browser, DevelopmentApp development) : IClassFixture<Browser>, IClassFixture<DevelopmentApp>
{
    public static TheoryData<string, string> Texts => new()
    {
        {
            "markup",
            "<script>window.hacked = 1</script><img src=x onerror=\"window.hacked = 1\"><b>bold</b>\"'><svg onload=window.hacked=1>"
        },
        {
            "escapes",
            "javascript:window.hacked=1//../../?a=b#c &lt;b&gt; &amp; &#x3c;i&#x3e; {{1+1}} ${1+1} %3Cscript%3E"
        },
        { "right-to-left", "\u202Eevil\u202C שלום \u2067מלון\u2069 مرحبا" },
        {
            "emoji",
            "👩‍👩‍👧‍👦🏳️‍🌈 e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301 "
                + "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘"
        },
        { "long", new string('W', 200) },
    };

    [BrowserTheory]
    [MemberData(nameof(Texts))]
    public async Task It_is_shown_as_it_was_typed(string kind, string text)
    {
        var trip = await development.App.BookAsync(
            new() { Name = text, Car = text, Hotel = Fit("stuck " + text), Flight = Fit("invalid " + text) });
        await using var visit = await browser.OpenAsync(development.App, $"/trips/{trip.Id}");
        await Expect(visit.Page.Locator("#word")).ToHaveTextAsync("Needs attention");
        await Expect(visit.Page.Locator("#traveler")).ToHaveTextAsync(text, new() { UseInnerText = false });
        await Expect(visit.Page.Locator("#history-count")).ToContainTextAsync("events");
        await AssertWholeAsync(visit, kind);

        await visit.Page.GotoAsync($"/trips?name={Uri.EscapeDataString(text)}");
        await Expect(visit.Page.Locator("#rows .name").First).ToHaveTextAsync(text);
        await Expect(visit.Page.Locator("#name")).ToHaveValueAsync(text);
        await AssertWholeAsync(visit, kind);

        await visit.Page.GotoAsync("/operate");
        await Expect(visit.Page.Locator(".attention-card h3", new() { HasText = text }).First).ToBeVisibleAsync();
        await Expect(visit.Page.Locator(".attention-card .decision").First).ToBeVisibleAsync();
        await AssertWholeAsync(visit, kind);

        await visit.Page.GotoAsync("/");
        foreach (var field in new[] { "name", "car", "hotel", "flight" })
        {
            await visit.Page.Locator($"#{field}").FillAsync(text);
        }

        await AssertWholeAsync(visit, kind);
    }

    [BrowserFact]
    public async Task Ten_thousand_characters_are_refused_beside_their_field()
    {
        var text = string.Concat(Enumerable.Repeat("<b>0123456</b>", 10_000 / 14));
        await using var visit = await browser.OpenAsync(development.App, "/");
        visit.RequestsMayFail = true;
        await visit.Page.Locator("#name").FillAsync(text);
        await visit.Page.Locator("#book").ClickAsync();
        await Expect(visit.Page.Locator("#name")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(visit.Page.Locator("#name")).ToHaveValueAsync(text);
        await AssertWholeAsync(visit, "book");

        await visit.Page.GotoAsync($"/trips?name={Uri.EscapeDataString(text[..1000])}");
        await Expect(visit.Page.Locator("#name")).ToHaveAttributeAsync("aria-invalid", "true");
        await visit.Page.Locator("#name").FillAsync(text);
        await visit.Page.Locator("#name").PressAsync("Enter");
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await AssertWholeAsync(visit, "trips");

        await visit.Page.GotoAsync($"/trips/{Uri.EscapeDataString(text[..2000].Replace('/', '_'))}");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "There is no such trip" })).ToBeVisibleAsync();
        await AssertWholeAsync(visit, "trip");
    }

    [BrowserFact]
    public async Task A_text_can_not_become_markup_even_if_a_module_tried()
    {
        await using var visit = await browser.OpenAsync(development.App, "/");

        await Assert.ThrowsAsync<PlaywrightException>(() => visit.Page.EvaluateAsync("document.body.innerHTML = '<b>bold</b>'"));
        await Assert.ThrowsAsync<PlaywrightException>(
            () => visit.Page.EvaluateAsync("document.createElement('script').text = 'window.hacked = 1'"));

        // The browser reports both as errors, as it should.
        Assert.NotEmpty(visit.TakeErrors());
    }

    private static string Fit(string text) => text.Length <= 200 ? text : text[..200];

    private static async Task AssertWholeAsync(Visit visit, string what)
    {
        Assert.Null(await visit.Page.EvaluateAsync<int?>("window.hacked"));
        Assert.Equal(0, await visit.Page.Locator("main :is(script, img, iframe, b, i, style, object)").CountAsync());
        foreach (var width in new[] { 1280, 360 })
        {
            await visit.Page.SetViewportSizeAsync(width, 800);
            Assert.True(
                await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"),
                $"With {what}, {visit.Page.Url} is wider than a window of {width} pixels.");
        }
    }
}

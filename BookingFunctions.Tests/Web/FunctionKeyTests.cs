using System.Collections.Concurrent;
using System.Text.Json;
using BookingFunctions.Tests.EndToEnd;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BookingFunctions.Tests.Web;

/// <summary>
/// The pages of a host that asks for keys: a person is asked once, and the key goes nowhere but to that host, in a header.
/// </summary>
public sealed class FunctionKeyTests(Browser browser) : IClassFixture<Browser>, IAsyncLifetime, IDisposable
{
    private const string Key = "operator-key-0123456789";

    private readonly DataFile data = new();
    private readonly ConcurrentQueue<IRequest> requests = new();
    private LocalApp app = null!;

    public async Task InitializeAsync()
    {
        app = await LocalApp.StartAsync(data, ("Keys__Host__grace", Key), ("Keys__Master", "master-key-0123456789"));
        app.Http.DefaultRequestHeaders.Add("x-functions-key", Key);
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    public void Dispose() => data.Dispose();

    [BrowserFact]
    public async Task It_is_asked_for_once_kept_for_the_session_and_never_in_an_address()
    {
        await using var visit = await OpenAsync("/operate");
        var dialog = visit.Page.GetByRole(AriaRole.Dialog, new() { Name = "Function key" });
        await Expect(dialog).ToHaveCountAsync(1);
        await dialog.GetByLabel("This server asks for a key").FillAsync("a wrong key");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(dialog).ToContainTextAsync("The server did not accept that key.");
        await dialog.GetByLabel("This server asks for a key").FillAsync(Key);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Use this key" }).ClickAsync();
        await Expect(visit.Page.Locator("#attention-count")).ToContainTextAsync("None.");
        await Expect(dialog).ToHaveCountAsync(0);

        // The other pages know it, and the event stream has it.
        await visit.Page.GotoAsync("/");
        await visit.Page.Locator("#book").ClickAsync();
        await Expect(visit.Page.Locator("#word")).ToHaveTextAsync("Confirmed");
        await Expect(visit.Page.Locator("#history-count")).ToContainTextAsync("events");
        await visit.Page.GotoAsync("/trips");
        await Expect(visit.Page.Locator("#rows > tr")).ToHaveCountAsync(1);
        await Expect(dialog).ToHaveCountAsync(0);

        Assert.Contains(
            requests,
            request => request.Url.EndsWith("/events", StringComparison.Ordinal) && request.Headers["x-functions-key"] == Key);
        Assert.DoesNotContain(
            requests,
            request => request.Url.Contains(Key, StringComparison.Ordinal) || request.Url.Contains("code=", StringComparison.Ordinal));
        Assert.DoesNotContain(requests, request => request.Headers.ContainsKey("cookie"));
        var kept = await visit.Page.EvaluateAsync<JsonElement>(
            "({ session: JSON.stringify({ ...sessionStorage }), local: JSON.stringify({ ...localStorage }), "
            + "cookie: document.cookie, address: location.href })");
        Assert.Contains(Key, kept.GetProperty("session").GetString(), StringComparison.Ordinal);
        var elsewhere = $"{kept.GetProperty("local")}{kept.GetProperty("cookie")}{kept.GetProperty("address")}";
        Assert.DoesNotContain(Key, elsewhere, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task A_visitor_without_a_key_sees_so_and_is_not_asked_again_until_the_page_is_loaded_again()
    {
        await using var visit = await OpenAsync("/trips");
        var dialog = visit.Page.GetByRole(AriaRole.Dialog, new() { Name = "Function key" });
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Not now" }).ClickAsync();

        await Expect(visit.Page.GetByText("The server wants a function key.")).ToBeVisibleAsync();
        await Expect(dialog).ToHaveCountAsync(0);

        await visit.Page.ReloadAsync();
        await Expect(dialog).ToHaveCountAsync(1);
    }

    private async Task<Visit> OpenAsync(string path)
    {
        var visit = await browser.OpenAsync(app, path);
        visit.RequestsMayFail = true;
        visit.Page.Request += (_, request) => requests.Enqueue(request);
        return visit;
    }
}

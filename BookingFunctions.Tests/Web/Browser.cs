using BookingFunctions.Tests.EndToEnd;
using Microsoft.Playwright;

namespace BookingFunctions.Tests.Web;

/// <summary>One running browser, that of the system, for the tests of a class.</summary>
public sealed class Browser : IAsyncLifetime
{
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (SystemBrowser.Path is null)
        {
            return; // and the tests are skipped
        }

        Assertions.SetDefaultExpectTimeout((float)LocalApp.Patience.TotalMilliseconds);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = SystemBrowser.Path,
            ChromiumSandbox = false,
            Args = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-gpu"],
            Timeout = (float)LocalApp.Patience.TotalMilliseconds,
        });
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }

    /// <summary>Opens a page in a window of its own, without anything that an earlier one has left behind.</summary>
    /// <param name="app">The application.</param>
    /// <param name="path">The page's address, such as <c>/trips</c>.</param>
    /// <param name="options">The window: its size, its colours.</param>
    public async Task<Visit> OpenAsync(LocalApp app, string path, BrowserNewContextOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(app);
        options ??= new();
        options.BaseURL = app.Address.AbsoluteUri;
        options.Locale = "en-GB";

        // Without a graphics processor, whatever moves keeps a core busy.
        options.ReducedMotion ??= ReducedMotion.Reduce;
        options.ViewportSize ??= new() { Width = 1280, Height = 900 };
        var visit = await Visit.BeginAsync(await browser!.NewContextAsync(options), app.Address);
        await visit.Page.GotoAsync(path);
        return visit;
    }
}

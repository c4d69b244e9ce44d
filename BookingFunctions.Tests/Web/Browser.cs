using BookingFunctions.Tests.EndToEnd;
using Microsoft.Playwright;

namespace BookingFunctions.Tests.Web;

/// <summary>One running browser, that of the system, for the whole test run. It ends with the tests' process.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly Lazy<Task<IBrowser>> Shared = new(LaunchAsync);

    private IBrowser? browser;

    /// <inheritdoc/>
    public async Task InitializeAsync() => browser = SystemBrowser.Path is null ? null : await Shared.Value; // null: the tests are skipped

    /// <inheritdoc/>
    public Task DisposeAsync() => Task.CompletedTask;

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

    private static async Task<IBrowser> LaunchAsync()
    {
        Assertions.SetDefaultExpectTimeout((float)LocalApp.Patience.TotalMilliseconds);
        var playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = SystemBrowser.Path,
            ChromiumSandbox = false,
            Args = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-gpu"],
            Timeout = (float)LocalApp.Patience.TotalMilliseconds,
        });
    }
}

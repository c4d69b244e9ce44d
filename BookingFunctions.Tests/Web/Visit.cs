using System.Collections.Concurrent;
using BookingFunctions.Tests.EndToEnd;
using Microsoft.Playwright;

namespace BookingFunctions.Tests.Web;

/// <summary>A browser's window on the application. Whatever is done in it, it may not report an error or ask another host.</summary>
public sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly ConcurrentQueue<string> errors = new();
    private readonly ConcurrentQueue<string> strangers = new();

    private Visit(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>On the page of a trip: how the trip is doing, in large letters.</summary>
    public ILocator Word => Page.Locator("#word");

    /// <summary>On the page of a trip: the car, the hotel, the flight and the traveler.</summary>
    public ILocator Stations => Page.Locator("#track > li");

    /// <summary>On the page of a trip: what its steps are called.</summary>
    public ILocator Steps => Page.Locator("#steps h3");

    /// <summary>Where a page says that the server is away.</summary>
    public ILocator Connection => Page.Locator("#connection");

    /// <summary>
    /// Whether the test makes requests fail on purpose: the browser reports each answer of 4xx and 5xx, and each that does not come.
    /// </summary>
    public bool RequestsMayFail { get; set; }

    /// <summary>Opens a window.</summary>
    /// <param name="context">What the window keeps.</param>
    /// <param name="address">The only host that it may ask.</param>
    public static async Task<Visit> BeginAsync(IBrowserContext context, Uri address)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(address);
        context.SetDefaultTimeout((float)LocalApp.Patience.TotalMilliseconds);
        var page = await context.NewPageAsync();
        var visit = new Visit(context, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                visit.errors.Enqueue($"{message.Text} ({message.Location})");
            }
        };
        page.PageError += (_, error) => visit.errors.Enqueue(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(address.AbsoluteUri, StringComparison.Ordinal)
                && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
            {
                visit.strangers.Enqueue(request.Url);
            }
        };
        return visit;
    }

    /// <summary>On the page of a trip: cancels it.</summary>
    /// <param name="reason">Why.</param>
    public async Task CancelTripAsync(string reason)
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = "Cancel the trip" }).ClickAsync();
        var dialog = Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Why?").FillAsync(reason);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel the trip" }).ClickAsync();
    }

    /// <summary>Lets the page use the clipboard.</summary>
    public Task AllowClipboardAsync() => context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);

    /// <summary>What the page has reported so far. It doesn't count against it any more.</summary>
    public IReadOnlyList<string> TakeErrors()
    {
        var taken = errors.ToList();
        errors.Clear();
        return taken;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await context.CloseAsync();
        Assert.DoesNotContain(errors, error => !RequestsMayFail || !error.StartsWith("Failed to load resource", StringComparison.Ordinal));
        Assert.Empty(strangers);
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using BookingFunctions.Tests.EndToEnd;

namespace BookingFunctions.Tests.Web;

public sealed partial class SiteTests(QuickApp quick) : IClassFixture<QuickApp>
{
    private HttpClient Http => quick.App.Http;

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/trips", "text/html")]
    [InlineData("/trips/", "text/html")]
    [InlineData("/trips/alice-jones-7k2m9q4tx8", "text/html")]
    [InlineData("/operate", "text/html")]
    [InlineData("/assets/base.css", "text/css")]
    [InlineData("/assets/api.js", "text/javascript")]
    [InlineData("/assets/icon.svg", "image/svg+xml")]
    public async Task A_file_says_what_it_is_and_is_asked_for_again_only_if_it_has_changed(string path, string mediaType)
    {
        using var response = await Http.GetAsync(new Uri(path, UriKind.Relative));
        var content = await response.Content.ReadAsByteArrayAsync();

        Assert.Equal((HttpStatusCode.OK, mediaType), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.True(response.Headers.CacheControl!.NoCache);
        AssertProtected(response);

        using var head = await SendAsync(HttpMethod.Head, path);
        Assert.Equal((HttpStatusCode.OK, content.Length), (head.StatusCode, head.Content.Headers.ContentLength));

        using var again = await SendAsync(HttpMethod.Get, path, response.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Empty(await again.Content.ReadAsByteArrayAsync());
        AssertProtected(again);

        using var other = await SendAsync(HttpMethod.Get, path, new EntityTagHeaderValue("\"another\""));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Theory]
    [InlineData("/assets/none.js")]
    [InlineData("/assets/book.html")]
    [InlineData("/assets/BASE.css")]
    [InlineData("/assets/..%252fbook.html")]
    [InlineData("/assets/%3Cscript%3E")]
    public async Task An_unknown_file_is_not_found(string path)
    {
        using var response = await SendAsync(HttpMethod.Get, path);

        Assert.Equal((HttpStatusCode.NotFound, "text/plain"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        AssertProtected(response);
    }

    [Theory]
    [InlineData("/none")]
    [InlineData("/assets/..%2fbook.html")]
    public async Task Other_addresses_than_its_own_are_not_found(string path)
    {
        using var response = await SendAsync(HttpMethod.Get, path);

        Assert.Equal((HttpStatusCode.NotFound, ""), (response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/trips")]
    [InlineData("/trips/some")]
    [InlineData("/operate")]
    public async Task What_a_page_names_is_there_and_nothing_is_inline(string path)
    {
        var page = await Http.GetStringAsync(new Uri(path, UriKind.Relative));

        Assert.DoesNotMatch(InlineCode(), page);
        Assert.DoesNotContain("://", page, StringComparison.Ordinal);
        foreach (var file in Reference().Matches(page).Select(match => match.Groups["path"].Value).Distinct())
        {
            using var response = await SendAsync(HttpMethod.Get, file);
            Assert.True(response.IsSuccessStatusCode, $"{file}: {response.StatusCode}");
        }
    }

    // Otherwise a browser learns of a module only when it has read the one that imports it.
    [Theory]
    [InlineData("/")]
    [InlineData("/trips")]
    [InlineData("/trips/some")]
    [InlineData("/operate")]
    public async Task A_page_names_all_modules_that_it_needs(string path)
    {
        var page = await Http.GetStringAsync(new Uri(path, UriKind.Relative));
        var named = Reference().Matches(page)
            .Select(match => match.Groups["path"].Value)
            .Where(file => file.EndsWith(".js", StringComparison.Ordinal));
        var needed = new HashSet<string>();
        await AddImportsAsync(Assert.Single(ModuleScript().Matches(page)).Groups["path"].Value, needed);

        Assert.Equal(needed.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("<style|<script(?![^>]* src=)|\\sstyle=|\\son[a-z]+=", RegexOptions.IgnoreCase)]
    private static partial Regex InlineCode();

    [GeneratedRegex("<script type=\"module\" src=\"(?<path>[^\"]*)\"")]
    private static partial Regex ModuleScript();

    [GeneratedRegex("from '\\./(?<file>[^']*)'")]
    private static partial Regex Import();

    [GeneratedRegex("(href|src)=\"(?<path>/[^\"]*)\"")]
    private static partial Regex Reference();

    private async Task AddImportsAsync(string module, HashSet<string> needed)
    {
        if (needed.Add(module))
        {
            var text = await Http.GetStringAsync(new Uri(module, UriKind.Relative));
            foreach (var import in Import().Matches(text).Select(match => match.Groups["file"].Value))
            {
                await AddImportsAsync($"/assets/{import}", needed);
            }
        }
    }

    private static void AssertProtected(HttpResponseMessage response)
    {
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, EntityTagHeaderValue? known = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (known is not null)
        {
            request.Headers.IfNoneMatch.Add(known);
        }

        return await Http.SendAsync(request);
    }
}

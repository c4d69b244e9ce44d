using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace BookingFunctions.Web;

/// <summary>Answers requests for the site's files.</summary>
public static class SiteResults
{
    /// <summary>
    /// Everything comes from this host, in files: no script, style or data in a page, no other site, no frame, and no text that
    /// becomes markup.
    /// </summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
        + "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    /// <summary>Answers with a page.</summary>
    /// <param name="request">The request.</param>
    /// <param name="name">The page's file.</param>
    public static IResult Page(HttpRequest request, string name) =>
        File(request, Site.Find(name) ?? throw new InvalidOperationException($"The app was built without its page {name}."));

    /// <summary>Answers with what a page loads.</summary>
    /// <param name="request">The request.</param>
    /// <param name="asset">The file; null if there is none of that name.</param>
    /// <returns>200 with the file, 304 if the browser has it, or the page that says 404.</returns>
    public static IResult Asset(HttpRequest request, SiteFile? asset) =>
        asset is { IsPage: false } file ? File(request, file) : NotFound(request);

    private static IResult File(HttpRequest request, SiteFile file)
    {
        var headers = Protect(request.HttpContext.Response);

        // Cached, and revalidated each time: a new version of the app is seen at once, and costs a 304 otherwise.
        headers.CacheControl = "no-cache";
        return Results.Bytes(file.Content, file.MediaType, entityTag: new EntityTagHeaderValue($"\"{file.Hash}\""));
    }

    private static IResult NotFound(HttpRequest request)
    {
        Protect(request.HttpContext.Response).CacheControl = "no-store";
        return Results.Text("There is no such file.", "text/plain; charset=utf-8", statusCode: StatusCodes.Status404NotFound);
    }

    private static IHeaderDictionary Protect(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        return headers;
    }
}

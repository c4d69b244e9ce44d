using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace LocalFunctionsHost.Http;

/// <summary>Problem documents (RFC 9457).</summary>
internal static class Problem
{
    /// <summary>Answers that the same request may succeed later.</summary>
    /// <param name="http">The request.</param>
    /// <param name="detail">What is wrong.</param>
    /// <param name="retryAfter">When to try again, from now on; whole seconds are answered.</param>
    public static Task WriteUnavailableAsync(HttpContext http, string detail, TimeSpan retryAfter) =>
        WriteAsync(http, StatusCodes.Status503ServiceUnavailable, detail, retryAfter);

    /// <summary>Answers with a problem document, unless the response is under way already.</summary>
    public static Task WriteAsync(HttpContext http, int status, string detail) => WriteAsync(http, status, detail, retryAfter: null);

    private static Task WriteAsync(HttpContext http, int status, string detail, TimeSpan? retryAfter)
    {
        if (http.Response.HasStarted)
        {
            // Cut off, so that the client can't take a part of the answer for all of it.
            http.Abort();
            return Task.CompletedTask;
        }

        var challenge = http.Response.Headers.WWWAuthenticate;
        http.Response.Clear();
        http.Response.Headers.WWWAuthenticate = challenge;
        if (retryAfter is { } time)
        {
            http.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        return Results.Problem(detail, statusCode: status).ExecuteAsync(http);
    }
}

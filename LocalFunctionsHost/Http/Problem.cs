using Microsoft.AspNetCore.Http;

namespace LocalFunctionsHost.Http;

/// <summary>Problem documents (RFC 9457).</summary>
internal static class Problem
{
    /// <summary>Answers with a problem document, unless the response is under way already.</summary>
    public static Task WriteAsync(HttpContext http, int status, string detail)
    {
        if (http.Response.HasStarted)
        {
            // Cut off, so that the client can't take the half for the whole.
            http.Abort();
            return Task.CompletedTask;
        }

        var (allow, challenge) = (http.Response.Headers.Allow, http.Response.Headers.WWWAuthenticate);
        http.Response.Clear();
        http.Response.Headers.Allow = allow;
        http.Response.Headers.WWWAuthenticate = challenge;
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            http.Response.Headers.RetryAfter = "5";
        }

        return Results.Problem(detail, statusCode: status).ExecuteAsync(http);
    }
}

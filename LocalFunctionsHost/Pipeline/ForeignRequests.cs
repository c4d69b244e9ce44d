using LocalFunctionsHost.Client;
using LocalFunctionsHost.Http;
using LocalFunctionsHost.Management;
using LocalFunctionsHost.Settings;
using Microsoft.AspNetCore.Http;

namespace LocalFunctionsHost.Pipeline;

/// <summary>
/// Refuses what a page of another site makes a browser on this machine send, to a host without keys: listening on loopback
/// alone would not keep such pages out.
/// </summary>
internal static class ForeignRequests
{
    public static Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        // A foreign name that resolves to this machine (DNS rebinding) would make the browser take the answer for that site's own.
        if (http.Request.Host.HasValue && !ListenAddresses.IsLoopback(http.Request.Host.Host))
        {
            return Problem.WriteAsync(
                http,
                StatusCodes.Status403Forbidden,
                $"This host is called 'localhost', not '{http.Request.Host.Host}'. "
                + "With keys (Keys__Master), it can be called by other names.");
        }

        // Management calls need no body and no special header, so a browser sends them for any page that asks.
        return http.Request.Path.StartsWithSegments(ManagementLinks.BasePath) && ComesFromElsewhere(http.Request)
            ? Problem.WriteAsync(http, StatusCodes.Status403Forbidden, "A page of another site may not manage instances.")
            : next(http);
    }

    private static bool ComesFromElsewhere(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0 && !origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}

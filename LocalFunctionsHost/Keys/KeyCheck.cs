using System.Security.Claims;
using LocalFunctionsHost.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace LocalFunctionsHost.Keys;

/// <summary>Lets requests through that show the right key, and names the caller by it.</summary>
/// <param name="keys">The keys.</param>
internal sealed class KeyCheck(FunctionKeys keys)
{
    /// <summary>The header that shows a key.</summary>
    public const string Header = "x-functions-key";

    /// <summary>The parameter of the query that shows a key; ignored if the header is there.</summary>
    public const string Parameter = "code";

    // As the Azure host calls them.
    private const string LevelClaim = "http://schemas.microsoft.com/2017/07/functions/claims/authlevel";
    private const string KeyNameClaim = "http://schemas.microsoft.com/2017/07/functions/claims/keyid";

    /// <summary>Checks a request for a function.</summary>
    /// <param name="http">The request; it gets the caller's name.</param>
    /// <param name="function">The function's name.</param>
    /// <param name="level">The key that the function asks for.</param>
    /// <param name="next">Answers the request if it is let through.</param>
    public Task CheckAsync(HttpContext http, string function, AuthorizationLevel level, RequestDelegate next) =>
        keys.Opens(Identify(http, function), level) ? next(http) : RefuseAsync(http);

    /// <summary>Checks a request for the management API.</summary>
    /// <param name="http">The request.</param>
    /// <param name="next">Answers the request if it is let through.</param>
    public Task CheckManagementAsync(HttpContext http, RequestDelegate next)
    {
        var key = Identify(http, null);
        if (keys.OpensManagement(key))
        {
            return next(http);
        }

        // As the Azure host answers: without a body, and 403 for a key that exists but opens something else.
        http.Response.StatusCode = key is null ? StatusCodes.Status401Unauthorized : StatusCodes.Status403Forbidden;
        http.Response.ContentLength = 0;
        if (key is null)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
        }

        return Task.CompletedTask;
    }

    private FunctionKey? Identify(HttpContext http, string? function)
    {
        if (!keys.AreSet || Shown(http.Request) is not { Length: > 0 } shown || keys.Find(shown, function) is not { } key)
        {
            return null;
        }

        http.User = new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim(LevelClaim, key.Level.ToString()), new Claim(KeyNameClaim, key.Name)], "FunctionKey"));
        return key;
    }

    private static string? Shown(HttpRequest request) =>
        request.Headers.TryGetValue(Header, out var header) ? header[0]
        : request.Query.TryGetValue(Parameter, out var code) ? code[0]
        : null;

    private static Task RefuseAsync(HttpContext http)
    {
        http.Response.Headers.WWWAuthenticate = Header;
        return Problem.WriteAsync(
            http,
            StatusCodes.Status401Unauthorized,
            $"This call needs a key that opens it, as the header '{Header}' or as the parameter '{Parameter}'.");
    }
}

using BookingFunctions.Trips;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace BookingFunctions.Http;

/// <summary>Knows who calls, by what the host has checked, not by anything that a caller could write.</summary>
/// <param name="configuration">Says whether the platform signs callers in.</param>
public sealed class Caller(IConfiguration configuration)
{
    /// <summary>The name of an unknown caller.</summary>
    public const string Unknown = "operator";

    // The name of the key that the request has shown, as the Functions host calls it.
    private const string KeyNameClaim = "http://schemas.microsoft.com/2017/07/functions/claims/keyid";

    // App Service overwrites this header, where its authentication is on; where it is off, any caller could send it.
    private const string SignedInHeader = "X-MS-CLIENT-PRINCIPAL-NAME";
    private const string SignInSetting = "WEBSITE_AUTH_ENABLED";

    private const int MaxBytes = 100;

    private readonly bool signsIn = bool.TryParse(configuration[SignInSetting], out var on) && on;

    /// <summary>The signed-in user, or else the name of the key.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A name of at most 100 bytes; <see cref="Unknown"/> where there is neither.</returns>
    public string NameOf(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var signedIn = signsIn ? request.Headers[SignedInHeader].ToString() : "";
        var name = signedIn.Length > 0 ? signedIn : request.HttpContext.User.FindFirst(KeyNameClaim)?.Value;
        return string.IsNullOrWhiteSpace(name) ? Unknown : StatusText.Cut(name, MaxBytes);
    }
}

using LocalFunctionsHost.Management;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LocalFunctionsHost.Pipeline;

/// <summary>
/// Refuses a path with an encoded slash, as the Azure host's management API does: the server leaves <c>%2F</c> in the decoded path, as if
/// <c>%252F</c> had been sent. So everything else in a path is decoded exactly once.
/// </summary>
internal static class EncodedSlashes
{
    public static Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return target.AsSpan(0, target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query ? query : target.Length)
            .Contains("%2F", StringComparison.OrdinalIgnoreCase)
            ? ManagementAnswer.WriteAsync(http, StatusCodes.Status404NotFound)
            : next(http);
    }
}

using Microsoft.AspNetCore.Http;

namespace LocalFunctionsHost.Http;

/// <summary>What is known of a request's body before it is read.</summary>
internal static class RequestBody
{
    /// <summary>Whether there is one.</summary>
    public static bool IsSent(HttpRequest request) =>
        request.ContentLength is > 0 || (request.ContentLength is null && request.Headers.TransferEncoding.Count > 0);
}

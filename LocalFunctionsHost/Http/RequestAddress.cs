using Microsoft.AspNetCore.Http;

namespace LocalFunctionsHost.Http;

/// <summary>Where a caller reaches the host.</summary>
internal static class RequestAddress
{
    /// <summary>What the links in an answer begin with, without a slash at its end; empty if the request has no host.</summary>
    public static string Of(HttpRequest request) => request.Host.HasValue ? $"{request.Scheme}://{request.Host.ToUriComponent()}" : "";
}

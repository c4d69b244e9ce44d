using Microsoft.AspNetCore.Http;

namespace LocalFunctionsHost.Http;

/// <summary>Where a caller reaches the host.</summary>
internal static class RequestAddress
{
    /// <summary>What the links in an answer begin with, without a slash at its end; empty if the request doesn't say, so that they are relative.</summary>
    public static string Of(HttpRequest request) => request.Host.HasValue ? $"{request.Scheme}://{request.Host.ToUriComponent()}" : "";
}

using Microsoft.AspNetCore.Http;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Finds the HTTP request of a call.</summary>
public static class FunctionContextExtensions
{
    // The Azure worker's key: what it gives to apps that look for it themselves is there, too.
    internal const string HttpContextKey = "HttpRequestContext";

    /// <summary>Gives the HTTP request that a function answers, and its response.</summary>
    /// <param name="context">The call.</param>
    /// <returns>The request; null if the call has no HTTP trigger.</returns>
    public static HttpContext? GetHttpContext(this FunctionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Items.TryGetValue(HttpContextKey, out var found) ? found as HttpContext : null;
    }
}

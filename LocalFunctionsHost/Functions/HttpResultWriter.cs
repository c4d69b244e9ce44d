using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;

namespace LocalFunctionsHost.Functions;

/// <summary>Writes what an HTTP function returned as the response.</summary>
internal static class HttpResultWriter
{
    public static Task WriteAsync(HttpContext http, object? result) => result switch
    {
        // The function has written its response itself, or has nothing to say.
        null => Task.CompletedTask,
        IResult answer => answer.ExecuteAsync(http),
        IActionResult answer => answer.ExecuteResultAsync(new ActionContext(http, http.GetRouteData(), new ActionDescriptor())),
        string text => Results.Text(text, "text/plain; charset=utf-8").ExecuteAsync(http),
        _ => http.Response.WriteAsJsonAsync(result, result.GetType(), http.RequestAborted),
    };
}

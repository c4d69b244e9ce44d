using LocalFunctionsHost.Management;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LocalFunctionsHost.Http;

/// <summary>Answers what no function has answered with a problem document: unknown routes, wrong methods, and failures.</summary>
/// <param name="drain">Whether the host stops.</param>
/// <param name="backend">Whether a failure is an outage of the storage.</param>
/// <param name="logger">Where failures go.</param>
internal sealed partial class HttpErrors(RequestDrain drain, IOrchestrationBackend backend, ILogger<HttpErrors> logger)
{
    private const int ClientClosedRequest = 499;

    private static readonly TimeSpan StopRetryAfter = TimeSpan.FromSeconds(5);

    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
            await ExplainAsync(http);
        }
        catch (BadRequestException e)
        {
            await Problem.WriteAsync(http, e.Status, e.Message);
        }
        catch (BadHttpRequestException e)
        {
            await Problem.WriteAsync(http, e.StatusCode, e.Message);
        }
        catch (OperationCanceledException) when (drain.IsStopping)
        {
            await Problem.WriteUnavailableAsync(http, "The host is stopping.", StopRetryAfter);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && http.RequestAborted.IsCancellationRequested)
        {
            http.Response.StatusCode = http.Response.HasStarted ? http.Response.StatusCode : ClientClosedRequest;
        }
        catch (Exception e) when (backend.IsUnavailable(e, out var retryAfter))
        {
            FunctionFailed(http.GetEndpoint()?.DisplayName ?? "(management)", e);
            await Problem.WriteUnavailableAsync(
                http, "The host's storage can't be read or written at present; the host's log says why.", retryAfter);
        }
        catch (Exception e)
        {
            FunctionFailed(http.GetEndpoint()?.DisplayName ?? "(management)", e);
            await Problem.WriteAsync(
                http, StatusCodes.Status500InternalServerError, "The function that answers this request failed; the host's log says how.");
        }
    }

    private static Task ExplainAsync(HttpContext http)
    {
        // Once a function has run, or the management API, the answer is what it said.
        if (http.Response.HasStarted || http.Response.ContentLength is not null || http.Items.ContainsKey(typeof(HttpFunction))
            || http.Request.Path.StartsWithSegments(ManagementApi.BasePath))
        {
            return Task.CompletedTask;
        }

        return http.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => Problem.WriteAsync(http, StatusCodes.Status404NotFound, $"Nothing is at {http.Request.Path}."),
            StatusCodes.Status405MethodNotAllowed => Problem.WriteAsync(
                http,
                StatusCodes.Status405MethodNotAllowed,
                $"{http.Request.Path} does not take {http.Request.Method}; it takes {http.Response.Headers.Allow}."),
            _ => Task.CompletedTask,
        };
    }

    [LoggerMessage(1, LogLevel.Error, "The function {Name} failed.")]
    private partial void FunctionFailed(string name, Exception exception);
}

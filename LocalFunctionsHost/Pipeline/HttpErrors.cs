using LocalFunctionsHost.Backends;
using LocalFunctionsHost.Functions;
using LocalFunctionsHost.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace LocalFunctionsHost.Pipeline;

/// <summary>
/// Answers for what no function has answered: failures with a problem document, and as the Azure host an unknown address and a method that
/// nothing takes with 404 without a body.
/// </summary>
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
            HideMethods(http);
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

    // Routing answers 405 for a method that no function takes; the Azure host knows only that it has no such function.
    private static void HideMethods(HttpContext http)
    {
        if (http.Response is { StatusCode: StatusCodes.Status405MethodNotAllowed, HasStarted: false }
            && !http.Items.ContainsKey(typeof(HttpFunction)))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            http.Response.Headers.Remove(HeaderNames.Allow);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The function {Name} failed.")]
    private partial void FunctionFailed(string name, Exception exception);
}

using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace LocalFunctionsHost.Pipeline;

/// <summary>Ends requests that would outlive the host: their tokens fire a second after the stop was requested.</summary>
internal sealed class RequestDrain : IDisposable
{
    // Long enough for requests that are nearly done, short enough for a process manager.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource ending = new();
    private readonly IHostApplicationLifetime lifetime;
    private readonly CancellationTokenRegistration registration;

    public RequestDrain(IHostApplicationLifetime lifetime)
    {
        this.lifetime = lifetime;
        registration = lifetime.ApplicationStopping.Register(() => ending.CancelAfter(Grace));
    }

    /// <summary>Whether a stop was requested.</summary>
    public bool IsStopping => lifetime.ApplicationStopping.IsCancellationRequested;

    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var aborted = http.RequestAborted;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, ending.Token);
        http.RequestAborted = either.Token;
        try
        {
            await next(http);
        }
        finally
        {
            http.RequestAborted = aborted;
        }
    }

    public void Dispose()
    {
        registration.Dispose();
        ending.Dispose();
    }
}

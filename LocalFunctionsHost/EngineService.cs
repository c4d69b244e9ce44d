using LocalRuntime.Engine;
using Microsoft.Extensions.Hosting;

namespace LocalFunctionsHost;

/// <summary>Starts the engine before the HTTP server, and stops it after it.</summary>
internal sealed class EngineService(DurableEngine engine) : IHostedService
{
    // Activities get this long to finish; what doesn't is done again after the next start.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(4);

    public Task StartAsync(CancellationToken cancellationToken) => engine.StartAsync(cancellationToken);

    // The host's token may have fired already, because requests took all of its time.
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Grace);
        await engine.StopAsync(deadline.Token);
    }
}

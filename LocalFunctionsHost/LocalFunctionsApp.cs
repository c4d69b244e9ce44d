using System.Diagnostics;
using LocalFunctionsHost.Backends;
using LocalFunctionsHost.Client;
using LocalFunctionsHost.Functions;
using LocalFunctionsHost.Keys;
using LocalFunctionsHost.Management;
using LocalFunctionsHost.Pipeline;
using LocalFunctionsHost.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LocalFunctionsHost;

/// <summary>A host that was built: started and stopped once.</summary>
/// <param name="web">The web application inside.</param>
internal sealed class LocalFunctionsApp(WebApplication web) : IAsyncDisposable
{
    public IServiceProvider Services => web.Services;

    /// <summary>The first address that the host listens on, as clients on this machine write it.</summary>
    public string Url => Services.GetRequiredService<HostAddress>().Url;

    private IEnumerable<string> Addresses =>
        Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];

    public void MapRequests(HostSettings settings, FunctionCatalog catalog)
    {
        var drain = Services.GetRequiredService<RequestDrain>();
        var keys = Services.GetRequiredService<FunctionKeys>();
        var check = new KeyCheck(keys);
        web.Use(next => http => drain.InvokeAsync(http, next));
        web.Use(next =>
        {
            var errors = Services.GetRequiredService<HttpErrors>();
            return http => errors.InvokeAsync(http, next);
        });
        web.Use(next => http => EncodedSlashes.InvokeAsync(http, next));
        if (!keys.AreSet)
        {
            web.Use(next => http => ForeignRequests.InvokeAsync(http, next));
        }

        // After what goes by the name that the request was really sent to.
        if (settings.UseForwardedHost)
        {
            var headers = new ForwardedHeadersOptions
            {
                ForwardedHeaders = ForwardedHeaders.XForwardedHost | ForwardedHeaders.XForwardedProto,
            };
            headers.KnownIPNetworks.Clear();
            headers.KnownProxies.Clear();
            web.UseForwardedHeaders(headers);
        }

        ((IApplicationBuilder)web).Map(ManagementLinks.BasePath, branch => branch.Use(_ =>
        {
            var management = Services.GetRequiredService<ManagementApi>();
            return http => check.CheckManagementAsync(http, management.InvokeAsync);
        }));
        web.UseRouting();
        HttpFunctionEndpoints.Map(web, catalog.Http, settings.RoutePrefix, check);
    }

    public async Task StartAsync(CancellationToken cancellation = default)
    {
        // Opened first, so that what is wrong with the storage is said before anything else starts.
        _ = Services.GetRequiredService<IOrchestrationBackend>();
        RefusedRequests.Observe(Services.GetRequiredService<DiagnosticListener>());
        await web.StartAsync(cancellation);
        Services.GetRequiredService<HostAddress>().Url = ListenAddresses.ForClients(Addresses.First());
        Services.GetRequiredService<StartPhase>().IsOver = true;
    }

    /// <summary>What start-up prints.</summary>
    /// <param name="tryIt">A command line to try, with <c>{url}</c> for the address, or null.</param>
    public string Greeting(string? tryIt)
    {
        var location = Services.GetRequiredService<IOrchestrationBackend>().Location;
        string[] lines =
        [
            $"Functions listen on {string.Join(" and ", Addresses.Select(ListenAddresses.Describe))}",
            $"State is kept in {location}",
            .. tryIt is null ? (string[])[] : [$"Try: {tryIt.Replace("{url}", Url, StringComparison.Ordinal)}"],
        ];
        return string.Join(Environment.NewLine, lines);
    }

    /// <summary>Waits until Ctrl+C, SIGTERM or the token.</summary>
    public async Task WaitForStopAsync(CancellationToken cancellation)
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var lifetime = Services.GetRequiredService<IHostApplicationLifetime>();
        using var signalled = lifetime.ApplicationStopping.Register(() => stopping.TrySetResult());
        using var cancelled = cancellation.Register(() => stopping.TrySetResult());
        await stopping.Task;
    }

    /// <summary>Stops: first requests, then the worker, each within its time.</summary>
    public async Task StopAsync()
    {
        try
        {
            await web.StopAsync(CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            // Requests that took too long were cut; the stop is complete nevertheless.
        }
    }

    public ValueTask DisposeAsync() => web.DisposeAsync();
}

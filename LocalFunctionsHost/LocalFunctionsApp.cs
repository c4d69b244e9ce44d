using LocalRuntime.Engine;
using LocalRuntime.Engine.Client;
using LocalFunctionsHost.Functions;
using LocalFunctionsHost.Http;
using LocalFunctionsHost.Keys;
using LocalFunctionsHost.Management;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LocalFunctionsHost;

/// <summary>A host that was built: started and stopped once.</summary>
/// <param name="web">The web application inside.</param>
/// <param name="configuredUrl">The first address that it is to listen on.</param>
/// <param name="data">The full path of its file.</param>
/// <param name="keys">What callers have to show.</param>
internal sealed class LocalFunctionsApp(WebApplication web, string configuredUrl, string data, FunctionKeys keys) : IAsyncDisposable
{
    public IServiceProvider Services => web.Services;

    /// <summary>
    /// The first address that the host listens on, as clients on this machine write it; before the start, the one it was
    /// told.
    /// </summary>
    public string Url => Urls.FirstOrDefault() ?? ListenAddresses.ForClients(configuredUrl);

    private IEnumerable<string> Urls =>
        web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses
            .Select(ListenAddresses.ForClients) ?? [];

    public void MapRequests(HostSettings settings, FunctionCatalog catalog)
    {
        var drain = Services.GetRequiredService<RequestDrain>();
        var errors = Services.GetRequiredService<HttpErrors>();
        var check = new KeyCheck(keys);
        web.Use(next => http => drain.InvokeAsync(http, next));
        web.Use(next => http => errors.InvokeAsync(http, next));
        if (!keys.AreSet)
        {
            web.Use(next => http => ForeignRequests.InvokeAsync(http, next));
        }

        ((IApplicationBuilder)web).Map(ManagementApi.BasePath, branch => branch.Use(_ =>
        {
            var client = (EngineClient)Services.GetRequiredService<DurableTaskClient>();
            var management = new ManagementApi(client, new ManagementLinks(settings.HubName, keys.ManagementCode));
            return http => check.CheckManagementAsync(http, management.InvokeAsync);
        }));
        web.UseRouting();
        HttpFunctionEndpoints.Map(web, catalog.Http, settings.RoutePrefix, check);
    }

    public async Task StartAsync(CancellationToken cancellation = default)
    {
        // Opened first, so that what is wrong with the file is said before anything else starts.
        Services.GetRequiredService<DurableEngine>().ManagementPayload = id => ManagementLinks.ForClient(Url, id, keys.ManagementCode);
        await web.StartAsync(cancellation);
        Services.GetRequiredService<StartPhase>().IsOver = true;
    }

    /// <summary>What start-up prints.</summary>
    /// <param name="tryIt">A command line to try, with <c>{url}</c> for the address, or null.</param>
    public string Greeting(string? tryIt)
    {
        var greeting = $"Functions listen on {string.Join(" and ", Urls)}{Environment.NewLine}State is kept in {data}";
        return tryIt is null ? greeting : $"{greeting}{Environment.NewLine}Try: {tryIt.Replace("{url}", Url, StringComparison.Ordinal)}";
    }

    /// <summary>Waits until Ctrl+C, SIGTERM or the token.</summary>
    public async Task WaitForStopAsync(CancellationToken cancellation)
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var lifetime = Services.GetRequiredService<IHostApplicationLifetime>();
        using var told = lifetime.ApplicationStopping.Register(() => stopping.TrySetResult());
        using var cancelled = cancellation.Register(() => stopping.TrySetResult());
        await stopping.Task;
    }

    /// <summary>Stops: first requests, then the engine, each within its time.</summary>
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

using System.Net;
using BookingFunctions.Tests.LocalFunctionsHost.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Tests.LocalFunctionsHost.Start;

/// <summary>The host stops, and ends what waits.</summary>
public sealed class StopTests : IAsyncLifetime
{
    private TestHost host = null!;

    public async Task InitializeAsync() => host = await TestHost.StartAsync(typeof(WaitingFunctions));

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task A_waiting_request_is_answered_that_the_host_stops()
    {
        var waiting = host.Http.GetAsync("/api/polite/one");
        await WaitingFunctions.ArrivedAsync();

        await host.StopAsync();

        using var response = await waiting;
        await HttpTriggerTests.ProblemIs(response, HttpStatusCode.ServiceUnavailable, "The host is stopping.");
    }

    [Fact]
    public async Task A_request_that_ignores_its_token_holds_nothing_up()
    {
        var waiting = host.Http.GetAsync("/api/stubborn/one");
        await WaitingFunctions.ArrivedAsync();

        await host.StopAsync().WaitAsync(TestHost.Patience);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => waiting);
    }

    [Fact]
    public async Task An_activity_that_ignores_its_token_holds_nothing_up()
    {
        var client = host.App.Services.GetRequiredService<DurableTaskClient>();
        await client.ScheduleNewOrchestrationInstanceAsync("CallsStubborn");
        await WaitingFunctions.ArrivedAsync();

        await host.StopAsync().WaitAsync(TestHost.Patience);
    }

    [Fact]
    public async Task An_open_stream_arrives_as_it_is_written_and_ends_with_the_host()
    {
        using var response = await host.Http.GetAsync("/api/stream", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal("data: first", await reader.ReadLineAsync());
        await WaitingFunctions.ArrivedAsync();

        await host.StopAsync().WaitAsync(TestHost.Patience);

        await Assert.ThrowsAnyAsync<IOException>(() => reader.ReadToEndAsync());
    }

    [Fact]
    public async Task A_client_that_leaves_ends_its_request()
    {
        using var leaving = new CancellationTokenSource();
        var waiting = host.Http.GetAsync("/api/polite/one", leaving.Token);
        await WaitingFunctions.ArrivedAsync();

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        var client = host.App.Services.GetRequiredService<DurableTaskClient>();
        var instance = await client.WaitForInstanceStartAsync("one", CancellationToken.None);
        Assert.Equal(OrchestrationRuntimeStatus.Running, instance.RuntimeStatus);
    }
}

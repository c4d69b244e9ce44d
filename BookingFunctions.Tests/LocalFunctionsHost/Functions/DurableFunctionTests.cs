using BookingFunctions.Tests.LocalFunctionsHost.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Tests.LocalFunctionsHost.Functions;

/// <summary>What orchestrator and activity functions get, and what becomes of what they return.</summary>
public sealed class DurableFunctionTests : IAsyncLifetime
{
    private TestHost host = null!;

    private DurableTaskClient Client => host.App.Services.GetRequiredService<DurableTaskClient>();

    public async Task InitializeAsync() =>
        host = await TestHost.StartAsync([typeof(DurableFunctions)], "{}", builder => builder.Services.AddScoped<CallCounter>());

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task An_orchestrator_gets_its_input_as_a_parameter()
    {
        var ended = await RunAsync("WithInput", new Parcel("Alice", 2));

        Assert.Equal("Alice 4 True True", ended.ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_orchestrator_without_a_parameter_reads_its_input_from_the_context()
    {
        Assert.Equal("Alice", (await RunAsync("WithoutParameter", new Parcel("Alice", 2))).ReadOutputAs<string>());
        Assert.Equal("none", (await RunAsync("WithoutParameter", null)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Activities_get_all_that_they_can_ask_for_and_may_return_as_they_like()
    {
        var ended = await RunAsync("CallsAll", null);
        Assert.True(ended.RuntimeStatus == OrchestrationRuntimeStatus.Completed, ended.SerializedOutput);

        Assert.Equal(
            [$"7 {ended.InstanceId} Describe True True", "FromContext", "0", "True False x"], ended.ReadOutputAs<List<string>>());
    }

    private async Task<OrchestrationMetadata> RunAsync(string name, object? input)
    {
        using var patience = new CancellationTokenSource(TestHost.Patience);
        var id = await Client.ScheduleNewOrchestrationInstanceAsync(name, input, patience.Token);
        return await Client.WaitForInstanceCompletionAsync(id, true, patience.Token);
    }
}

using Microsoft.DurableTask.Client;

namespace BookingFunctions.Tests.LocalFunctionsHost.Worker;

/// <summary>What functions must not do fails their instances, and says so: nothing waits for ever, and nothing else is harmed.</summary>
public sealed class WrongOrchestratorTests : IAsyncLifetime
{
    private TestHost host = null!;

    public async Task InitializeAsync() => host = await TestHost.StartAsync(typeof(WrongOrchestrators));

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Theory]
    [InlineData("AwaitsFirst")]
    [InlineData("AwaitsLater")]
    [InlineData("AwaitsBriefly")]
    [InlineData("AwaitsBesideTimer")]
    public async Task Awaiting_what_is_not_durable_fails_the_instance_in_the_words_of_the_worker(string orchestrator)
    {
        var ended = await host.RunAsync(orchestrator);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains("An invalid asynchronous invocation was detected.", ended.SerializedOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Yielding_is_no_mistake() => Assert.Equal("done", (await host.RunAsync("YieldsAndContinues")).ReadOutputAs<string>());

    [Theory]
    [InlineData("StatusOfItself", null, "cycle")]
    [InlineData("ThrowsUnreadable", null, "unreadable")]
    [InlineData("CallsUnreadable", "message", "unreadable")]
    [InlineData("CallsUnreadable", "deep", "because")]
    [InlineData("UsesEntities", null, "no entities")]
    public async Task What_can_not_be_kept_fails_the_instance_and_nothing_else(string orchestrator, string? input, string said)
    {
        var ended = await host.RunAsync(orchestrator, input);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains(said, ended.SerializedOutput, StringComparison.Ordinal);
        Assert.Equal("done", (await host.RunAsync("YieldsAndContinues")).ReadOutputAs<string>());
    }
}

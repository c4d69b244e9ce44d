using DurableTask.Core;
using DurableTask.Core.History;
using LocalFunctionsHost.Client;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace BookingFunctions.Tests.LocalFunctionsHost.Client;

/// <summary>The message that starts an instance, which an app may write together with a row of its own.</summary>
public sealed class StartMessageTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private TestHost host = null!;

    public async Task InitializeAsync() => host = await TestHost.StartAsync(typeof(ClientFunctions));

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public void It_has_the_id_the_input_the_tags_and_the_time()
    {
        var options = new StartOrchestrationOptions("q") { Tags = new Dictionary<string, string> { ["colour"] = "blue" } };

        var message = Client().CreateStartMessage("Quick", new { Count = 1 }, options);

        var started = Assert.IsType<ExecutionStartedEvent>(message.Event);
        Assert.Equal(("q", "q"), (message.OrchestrationInstance.InstanceId, started.OrchestrationInstance.InstanceId));
        Assert.Equal(("Quick", """{"Count":1}""", Now.UtcDateTime), (started.Name, started.Input, started.Timestamp));
        Assert.Equal([new("colour", "blue")], started.Tags);
        Assert.Null(started.ScheduledStartTime);
    }

    [Theory]
    [InlineData(null, "1.5")]
    [InlineData("", "")]
    [InlineData("2.0", "2.0")]
    public void Its_version_is_the_given_one_or_else_the_default(string? given, string expected)
    {
        var options = given is null ? new StartOrchestrationOptions() : new StartOrchestrationOptions { Version = new TaskVersion(given) };

        Assert.Equal(expected, Started(Client("1.5").CreateStartMessage("Quick", null, options)).Version);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    public void Its_start_time_is_kept_if_it_is_to_come(int hours, bool isKept)
    {
        var startAt = Now.AddHours(hours).ToOffset(TimeSpan.FromHours(5));

        var started = Started(Client().CreateStartMessage("Quick", null, new StartOrchestrationOptions("q", startAt)));

        Assert.Equal(isKept ? Now.AddHours(hours).UtcDateTime : null, started.ScheduledStartTime);
    }

    [Fact]
    public async Task The_backend_starts_an_instance_by_it()
    {
        var client = host.App.Services.GetRequiredService<LocalDurableTaskClient>();
        var message = client.CreateStartMessage("Quick", null, new StartOrchestrationOptions("q"));

        await host.App.Services.GetRequiredService<global::LocalFunctionsHost.Backends.IOrchestrationBackend>().Client
            .CreateTaskOrchestrationAsync(message, LocalDurableTaskClient.GetDedupeStatuses(null));

        Assert.Equal("done", (await client.WaitForInstanceCompletionAsync("q", getInputsAndOutputs: true)).ReadOutputAs<string>());
    }

    [Fact]
    public void Open_instances_always_keep_their_id()
    {
        var options = new StartOrchestrationOptions { DedupeStatuses = ["completed"] };

        Assert.Equal(
            [OrchestrationStatus.Pending, OrchestrationStatus.Running, OrchestrationStatus.Suspended, OrchestrationStatus.Completed],
            LocalDurableTaskClient.GetDedupeStatuses(options));
    }

    private static ExecutionStartedEvent Started(TaskMessage message) => (ExecutionStartedEvent)message.Event;

    private LocalDurableTaskClient Client(string version = "") => new(
        host.App.Services.GetRequiredService<global::LocalFunctionsHost.Backends.IOrchestrationBackend>(),
        new LocalDurableTaskClientOptions { DefaultVersion = version, Clock = new FakeTimeProvider(Now) });
}

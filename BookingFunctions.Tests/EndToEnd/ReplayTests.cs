using LocalRuntime.Engine;
using LocalRuntime.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>Orchestrations that an engine finds in a real file, begun by another engine.</summary>
public sealed class ReplayTests : IDisposable
{
    private readonly DataFile data = new();
    private readonly List<string> activities = [];

    /// <inheritdoc/>
    public void Dispose() => data.Dispose();

    [Fact]
    public async Task A_waiting_orchestration_survives_a_restart_and_finishes_by_replay()
    {
        var id = await WithEngineAsync(GreetTwice, async client =>
        {
            var instance = await client.ScheduleNewOrchestrationInstanceAsync("Greet", "Alice");
            await UntilWaitingAsync(client, instance);
            return instance;
        });

        var finished = await WithEngineAsync(GreetTwice, async client =>
        {
            await client.RaiseEventAsync(id, "Go", "Bob");
            return await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);
        });

        Assert.Equal(OrchestrationRuntimeStatus.Completed, finished.RuntimeStatus);
        Assert.Equal("Hello Alice, Hello Bob", finished.ReadOutputAs<string>());
        Assert.Equal(["Alice", "Bob"], activities);
    }

    [Fact]
    public async Task An_event_that_came_before_the_restart_is_not_lost()
    {
        var id = await WithEngineAsync(GreetTwice, async client =>
        {
            var instance = await client.ScheduleNewOrchestrationInstanceAsync("Greet", "Alice");
            await client.RaiseEventAsync(instance, "Go", "Bob");
            return instance;
        });

        var finished = await WithEngineAsync(GreetTwice, client => client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true));

        Assert.Equal("Hello Alice, Hello Bob", finished.ReadOutputAs<string>());
    }

    [Theory]
    [InlineData("another activity")]
    [InlineData("a timer instead")]
    [InlineData("nothing before the event")]
    public async Task An_orchestrator_that_no_longer_matches_its_history_fails_and_says_so(string change)
    {
        var id = await WithEngineAsync(GreetTwice, async client =>
        {
            var instance = await client.ScheduleNewOrchestrationInstanceAsync("Greet", "Alice");
            await UntilWaitingAsync(client, instance);
            return instance;
        });
        Func<TaskOrchestrationContext, string, Task<string>> changed = async (context, name) =>
        {
            context.SetCustomStatus("changed");
            switch (change)
            {
                case "another activity":
                    await context.CallActivityAsync<string>("Wave", name);
                    break;
                case "a timer instead":
                    await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
                    break;
                default:
                    break;
            }

            return await context.WaitForExternalEvent<string>("Go");
        };

        var failed = await WithEngineAsync(changed, async client =>
        {
            await client.RaiseEventAsync(id, "Go", "Bob");
            return await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);
        });

        Assert.Equal(OrchestrationRuntimeStatus.Failed, failed.RuntimeStatus);
        Assert.Contains("NonDeterministic", failed.SerializedOutput, StringComparison.Ordinal);
        Assert.Contains("the history says that it called the activity 'Say'", failed.SerializedOutput, StringComparison.Ordinal);
    }

    private static async Task<string> GreetTwice(TaskOrchestrationContext context, string name)
    {
        var first = await context.CallActivityAsync<string>("Say", name);
        context.SetCustomStatus("waiting");
        var second = await context.CallActivityAsync<string>("Say", await context.WaitForExternalEvent<string>("Go"));
        return $"{first}, {second}";
    }

    private static async Task UntilWaitingAsync(DurableTaskClient client, string id)
    {
        using var patience = new CancellationTokenSource(LocalApp.Patience);
        while ((await client.GetInstanceAsync(id, getInputsAndOutputs: true, patience.Token))?.SerializedCustomStatus != "\"waiting\"")
        {
            await Task.Delay(5, patience.Token);
        }
    }

    private async Task<T> WithEngineAsync<T>(
        Func<TaskOrchestrationContext, string, Task<string>> greet, Func<DurableTaskClient, Task<T>> use)
    {
        var registry = new DurableTaskRegistry();
        registry.AddOrchestratorFunc("Greet", greet);
        registry.AddActivityFunc<string, string>("Say", (_, name) =>
        {
            activities.Add(name);
            return $"Hello {name}";
        });
        registry.AddActivityFunc<string, string>("Wave", (_, name) => $"Waved at {name}");
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var database = SqliteDatabase.Open(data.Path);
        await using var engine = new DurableEngine(new SqliteOrchestrationStore(database), registry, services);
        using var patience = new CancellationTokenSource(LocalApp.Patience);
        await engine.StartAsync(patience.Token);
        var result = await use(engine.Client).WaitAsync(patience.Token);
        await engine.StopAsync(patience.Token);
        return result;
    }
}

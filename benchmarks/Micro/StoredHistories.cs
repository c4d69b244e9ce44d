using LocalRuntime.Engine;
using LocalRuntime.Storage;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Benchmarks.Micro;

/// <summary>Real histories, written by the engine.</summary>
internal static class StoredHistories
{
    /// <summary>The custom status once all activities have run, as JSON.</summary>
    public const string Waiting = "\"waiting\"";

    private const string Name = "Steps";

    /// <summary>The orchestrator: so many activities one after the other, and then an event that never comes.</summary>
    public static DurableTaskRegistry Tasks { get; } = new DurableTaskRegistry()
        .AddActivityFunc<string, string>("Step", (_, text) => text)
        .AddOrchestratorFunc<int, int>(Name, async (context, steps) =>
        {
            for (var step = 0; step < steps; step++)
            {
                await context.CallActivityAsync<string>("Step", "Ford 150, for Alice Jones");
            }

            context.SetCustomStatus("waiting");
            return await context.WaitForExternalEvent<int>("never");
        });

    /// <summary>Runs an instance until it waits for the event.</summary>
    public static async Task<StoredInstance> OfAsync(int activities)
    {
        var store = new InMemoryOrchestrationStore();
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var engine = new DurableEngine(store, Tasks, services);
        await engine.StartAsync(CancellationToken.None);
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync(Name, activities);
        while (await store.ReadAsync(id, CancellationToken.None) is not { CustomStatus: Waiting })
        {
            await Task.Delay(1);
        }

        return (await store.LoadAsync(id, CancellationToken.None))!;
    }
}

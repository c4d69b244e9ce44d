using LocalRuntime.Engine;
using LocalRuntime.Storage;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace BookingFunctions.Tests.Engine;

/// <summary>The engine as docs/embedding.md shows it.</summary>
public class EmbeddingTests
{
    [Fact]
    public async Task An_engine_runs_on_a_store_a_registry_and_a_clock()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var registry = new DurableTaskRegistry()
            .AddOrchestratorFunc<string, string>("Greet", async (context, name) =>
            {
                var greeting = await context.CallActivityAsync<string>("Hello", name);
                context.SetCustomStatus("sleeping");
                await context.CreateTimer(TimeSpan.FromDays(365), CancellationToken.None);
                return $"{greeting} It is {context.CurrentUtcDateTime:yyyy}.";
            })
            .AddActivityFunc<string, string>("Hello", (_, name) => $"Hello {name}!");
        var folder = Directory.CreateTempSubdirectory();
        await using (var database = SqliteDatabase.Open(Path.Combine(folder.FullName, "greetings.db")))
        {
            await using var services = new ServiceCollection().BuildServiceProvider();
            await using var engine = new DurableEngine(new SqliteOrchestrationStore(database), registry, services, clock: clock);
            await engine.StartAsync(CancellationToken.None);

            var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Greet", "Ann");
            await TestEngine.UntilAsync(async () => (await engine.Client.GetInstanceAsync(id, true))!.SerializedCustomStatus == "\"sleeping\"");
            clock.Advance(TimeSpan.FromDays(366));
            var done = await engine.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);

            Assert.Equal("Hello Ann! It is 2031.", done.ReadOutputAs<string>());
            await engine.StopAsync(CancellationToken.None);
        }

        folder.Delete(recursive: true);
    }
}

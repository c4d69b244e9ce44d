using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Tests.Engine;

/// <summary>Terminating and purging an instance with its children.</summary>
public class FamilyTests
{
    private static readonly string[] Everyone = ["dad", "kid", "grandkid"];

    [Fact]
    public async Task A_recursive_termination_reaches_children_and_grandchildren()
    {
        await using var engine = await StartFamilyAsync();

        await engine.Client.TerminateInstanceAsync("dad", new TerminateInstanceOptions("enough", Recursive: true));

        foreach (var id in Everyone)
        {
            var done = await engine.WaitAsync(id);
            Assert.Equal(OrchestrationRuntimeStatus.Terminated, done.RuntimeStatus);
            Assert.Equal("enough", done.SerializedOutput);
        }
    }

    [Fact]
    public async Task A_plain_termination_leaves_the_children_alone()
    {
        await using var engine = await StartFamilyAsync();

        await engine.Client.TerminateInstanceAsync("dad", "enough");

        await engine.WaitAsync("dad");
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await engine.Client.GetInstanceAsync("kid"))!.RuntimeStatus);
    }

    [Fact]
    public async Task A_recursive_purge_takes_children_and_grandchildren()
    {
        await using var engine = await StartFamilyAsync();
        await engine.Client.TerminateInstanceAsync("dad", new TerminateInstanceOptions("enough", Recursive: true));
        await Task.WhenAll(Everyone.Select(engine.WaitAsync));

        Assert.Equal(3, (await engine.Client.PurgeInstanceAsync("dad", new PurgeInstanceOptions(Recursive: true))).PurgedInstanceCount);
        Assert.Empty(await engine.Client.GetAllInstancesAsync().ToListAsync());
    }

    [Fact]
    public async Task A_plain_purge_leaves_the_children_alone()
    {
        await using var engine = await StartFamilyAsync();
        await engine.Client.TerminateInstanceAsync("dad", "enough");
        await engine.WaitAsync("dad");

        Assert.Equal(1, (await engine.Client.PurgeInstanceAsync("dad")).PurgedInstanceCount);
        Assert.NotNull(await engine.Client.GetInstanceAsync("kid"));
    }

    private static async Task<TestEngine> StartFamilyAsync()
    {
        var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc<int, string>("Person", (context, generation) => generation == 2
                ? context.WaitForExternalEvent<string>("Never")
                : context.CallSubOrchestratorAsync<string>("Person", generation + 1, new SubOrchestrationOptions(instanceId: Everyone[generation + 1]))));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Person", 0, new StartOrchestrationOptions("dad"));
        await TestEngine.UntilAsync(async () => await engine.Client.GetInstanceAsync("grandkid") is { RuntimeStatus: OrchestrationRuntimeStatus.Running });
        return engine;
    }
}

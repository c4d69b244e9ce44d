namespace BookingFunctions.Tests.Backends;

public abstract class OrchestrationContract<TBackend> : Contract<TBackend>
    where TBackend : IBackend, new()
{
    [BackendFact]
    public async Task An_orchestrator_without_tasks_completes_with_its_output()
    {
        Hub.Tasks.Orchestrator<string, string>("Echo", (_, input) => Task.FromResult(input));
        await Hub.StartAsync();
        Assert.Equal("hello", await Hub.OutputAsync<string>("Echo", "hello"));
    }
}

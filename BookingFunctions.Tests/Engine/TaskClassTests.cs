using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Tests.Engine;

public class TaskClassTests
{
    [Fact]
    public async Task Classes_run_under_the_names_of_their_attributes_or_their_own()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestrator<Tour>().AddActivity<Greet>());

        var done = await engine.RunAsync("hello-tour", "Tokyo London");

        Assert.Equal(["Hello Tokyo!", "Hello London!"], done.ReadOutputAs<List<string>>());
    }

    [Fact]
    public async Task Classes_of_activities_get_services()
    {
        await using var engine = await TestEngine.StartAsync(
            tasks => tasks
                .AddOrchestratorFunc("Both", async context =>
                    new[] { await context.CallActivityAsync<string>("Serve", "a"), await context.CallActivityAsync<string>("Serve", "b") })
                .AddActivity<Serve>(),
            services: services => services.AddSingleton("at your service"));

        Assert.Equal(["a: at your service", "b: at your service"], (await engine.RunAsync("Both")).ReadOutputAs<List<string>>());
    }

    [Fact]
    public async Task Each_run_of_an_activity_has_scoped_services_of_its_own_and_disposes_them()
    {
        var log = new List<string>();
        await using var engine = await TestEngine.StartAsync(
            tasks => tasks
                .AddOrchestratorFunc("Counts", async context =>
                    new[] { await context.CallActivityAsync<int>("Count"), await context.CallActivityAsync<int>("Count") })
                .AddActivity<Count>(),
            services: services => services.AddSingleton(log).AddScoped<Counter>());

        Assert.Equal([1, 1], (await engine.RunAsync("Counts")).ReadOutputAs<List<int>>());
        Assert.Equal(["disposed at 1", "disposed at 1"], log);
    }

    [Theory]
    [InlineData("Calls", "Unable to resolve service for type 'System.String'")]
    [InlineData(nameof(NeedsServices), "Cannot dynamically create an instance of type")]
    public async Task A_class_that_can_t_be_made_fails_its_task_and_nothing_else(string orchestrator, string message)
    {
        // Orchestrators get no services, as upstream: what they do must not depend on any.
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Calls", context => context.CallActivityAsync("Serve", "a"))
            .AddOrchestratorFunc("Fine", _ => "fine")
            .AddOrchestrator<NeedsServices>()
            .AddActivity<Serve>());

        var done = await engine.RunAsync(orchestrator);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, done.RuntimeStatus);
        Assert.Contains(message, done.SerializedOutput, StringComparison.Ordinal);
        Assert.Equal("fine", (await engine.RunAsync("Fine")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task One_object_can_serve_every_call()
    {
        var count = new CountingActivity();
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Counts", async context =>
                await context.CallActivityAsync<int>("Count") + await context.CallActivityAsync<int>("Count"))
            .AddActivity("Count", count));

        Assert.Equal(3, (await engine.RunAsync("Counts")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Functions_of_every_form_can_be_orchestrators()
    {
        var ran = new List<string>();
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("action", _ => ran.Add("action"))
            .AddOrchestratorFunc("input", (TaskOrchestrationContext _, string input) => ran.Add(input))
            .AddOrchestratorFunc("output", _ => 1)
            .AddOrchestratorFunc("both", (TaskOrchestrationContext _, int input) => input + 1)
            .AddOrchestratorFunc("task", context => context.CreateTimer(TimeSpan.Zero, CancellationToken.None))
            .AddOrchestratorFunc<int, int>("task with both", (_, input) => Task.FromResult(input + 1)));

        Assert.Null((await engine.RunAsync("action")).SerializedOutput);
        Assert.Null((await engine.RunAsync("input", "from input")).SerializedOutput);
        Assert.Equal(1, (await engine.RunAsync("output")).ReadOutputAs<int>());
        Assert.Equal(3, (await engine.RunAsync("both", 2)).ReadOutputAs<int>());
        Assert.Null((await engine.RunAsync("task")).SerializedOutput);
        Assert.Equal(4, (await engine.RunAsync("task with both", 3)).ReadOutputAs<int>());
        Assert.Equal(["action", "from input"], ran);
    }

    [DurableTask("Hello-Tour")]
    private sealed class Tour : TaskOrchestrator<string, List<string>>
    {
        public override async Task<List<string>> RunAsync(TaskOrchestrationContext context, string input)
        {
            var greetings = new List<string>();
            foreach (var city in input.Split(' '))
            {
                greetings.Add(await context.CallActivityAsync<string>(nameof(Greet), city));
            }

            return greetings;
        }
    }

    private sealed class Greet : TaskActivity<string, string>
    {
        public override Task<string> RunAsync(TaskActivityContext context, string input) => Task.FromResult($"Hello {input}!");
    }

    private sealed class Serve(string service) : TaskActivity<string, string>
    {
        public override Task<string> RunAsync(TaskActivityContext context, string input) => Task.FromResult($"{input}: {service}");
    }

    private sealed class Count(Counter counter) : TaskActivity<object?, int>
    {
        public override Task<int> RunAsync(TaskActivityContext context, object? input) => Task.FromResult(counter.Next());
    }

    private sealed class NeedsServices(Counter counter) : TaskOrchestrator<object?, int>
    {
        public override Task<int> RunAsync(TaskOrchestrationContext context, object? input) => Task.FromResult(counter.Next());
    }

    private sealed class CountingActivity : TaskActivity<object?, int>
    {
        private int count;

        public override Task<int> RunAsync(TaskActivityContext context, object? input) => Task.FromResult(++count);
    }

    private sealed class Counter(List<string> log) : IDisposable
    {
        private int count;

        public int Next() => ++count;

        public void Dispose() => log.Add($"disposed at {count}");
    }
}

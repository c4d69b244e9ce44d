using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Tests.Api;

public class DurableTaskRegistryTests
{
    private static readonly ServiceProvider Services = new ServiceCollection().AddSingleton("from the services").BuildServiceProvider();

    private readonly DurableTaskRegistry registry = new();

    [Fact]
    public async Task What_was_added_is_found_in_any_letter_case()
    {
        registry.AddActivityFunc<string, string>("Greet", (_, name) => $"Hello {name}");
        registry.AddOrchestratorFunc<int, int>("Double", (_, number) => 2 * number);

        Assert.True(registry.TryCreateActivity("GREET", Services, out var activity));
        Assert.True(registry.TryCreateOrchestrator("double", Services, out var orchestrator));
        Assert.Equal("Hello Alice", await activity.RunAsync(new ActivityContext(), "Alice"));
        Assert.Equal(14, await orchestrator.RunAsync(new OrchestrationContext(), 7));
        Assert.Equal((typeof(string), typeof(string)), (activity.InputType, activity.OutputType));
        Assert.Equal((typeof(int), typeof(int)), (orchestrator.InputType, orchestrator.OutputType));
        Assert.Equal(["Greet"], registry.ActivityNames);
        Assert.Equal(["Double"], registry.OrchestratorNames);
    }

    [Fact]
    public void What_was_not_added_is_not_found()
    {
        Assert.False(registry.TryCreateActivity("Greet", Services, out var activity));
        Assert.False(registry.TryCreateOrchestrator("Greet", Services, out var orchestrator));
        Assert.Null(activity);
        Assert.Null(orchestrator);
    }

    [Fact]
    public void A_name_can_be_added_once_in_any_letter_case()
    {
        registry.AddActivityFunc("Greet", _ => { }).AddOrchestratorFunc("Greet", _ => { });

        var activity = Assert.Throws<ArgumentException>(() => registry.AddActivityFunc("greet", _ => { }));
        var orchestrator = Assert.Throws<ArgumentException>(() => registry.AddOrchestratorFunc("GREET", _ => { }));

        Assert.StartsWith("An ITaskActivity named 'greet' is already added", activity.Message, StringComparison.Ordinal);
        Assert.StartsWith("An ITaskOrchestrator named 'GREET' is already added", orchestrator.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_is_needed()
    {
        Assert.Throws<ArgumentException>(() => registry.AddActivityFunc("", _ => { }));
        Assert.Throws<ArgumentException>(() => registry.AddOrchestratorFunc(default, _ => { }));
    }

    [Fact]
    public async Task A_class_is_made_with_the_services_of_the_run()
    {
        registry.AddActivity<ReadService>();

        Assert.True(registry.TryCreateActivity(nameof(ReadService), Services, out var first));
        Assert.True(registry.TryCreateActivity(nameof(ReadService), Services, out var second));
        Assert.NotSame(first, second);
        Assert.Equal("from the services", await first.RunAsync(new ActivityContext(), null));
    }

    [Fact]
    public void A_class_can_carry_its_name_and_be_added_under_others()
    {
        registry.AddOrchestrator<Named>().AddOrchestrator<Named>("Other").AddOrchestrator("Third", new Named());

        Assert.Equal(["Its-Name", "Other", "Third"], registry.OrchestratorNames);
        Assert.Throws<ArgumentException>(() => registry.AddOrchestrator(new Named()));
    }

    [Theory]
    [InlineData(typeof(string))]
    [InlineData(typeof(TaskActivity<string, string>))]
    [InlineData(typeof(TaskOrchestrator<string, string>))]
    [InlineData(typeof(ITaskActivity))]
    [InlineData(typeof(ITaskOrchestrator))]
    public void Only_classes_that_can_be_made_are_taken(Type type)
    {
        Assert.Throws<ArgumentException>(() => registry.AddActivity(type));
        Assert.Throws<ArgumentException>(() => registry.AddActivity("x", type));
        Assert.Throws<ArgumentException>(() => registry.AddOrchestrator(type));
        Assert.Throws<ArgumentException>(() => registry.AddOrchestrator("x", type));
    }

    [Fact]
    public async Task Functions_without_input_or_output_run_too()
    {
        List<string> ran = [];
        registry
            .AddActivityFunc("action", _ => ran.Add("action"))
            .AddActivityFunc("input", (TaskActivityContext _, string input) => ran.Add(input))
            .AddActivityFunc("output", _ => 1)
            .AddActivityFunc("task", async _ => { await Task.Yield(); ran.Add("task"); })
            .AddActivityFunc("task with output", async _ => { await Task.Yield(); return 2; })
            .AddActivityFunc("task with input", async (TaskActivityContext _, string input) => { await Task.Yield(); ran.Add(input); });

        Assert.Null(await RunAsync("action", null));
        Assert.Null(await RunAsync("input", "from input"));
        Assert.Equal(1, await RunAsync("output", null));
        Assert.Null(await RunAsync("task", null));
        Assert.Equal(2, await RunAsync("task with output", null));
        Assert.Null(await RunAsync("task with input", "from task"));
        Assert.Equal(["action", "from input", "task", "from task"], ran);
    }

    [Fact]
    public async Task An_input_of_another_type_is_refused_and_none_is_the_default()
    {
        registry.AddActivityFunc<int, int>("Next", (_, number) => number + 1);

        Assert.Equal(1, await RunAsync("Next", null));
        var error = await Assert.ThrowsAsync<ArgumentException>(() => RunAsync("Next", "7"));
        Assert.Contains("System.String", error.Message, StringComparison.Ordinal);
        Assert.Contains("System.Int32", error.Message, StringComparison.Ordinal);
    }

    private async Task<object?> RunAsync(string name, object? input)
    {
        Assert.True(registry.TryCreateActivity(name, Services, out var activity));
        return await activity.RunAsync(new ActivityContext(), input);
    }

    private sealed class ActivityContext : TaskActivityContext
    {
        public override TaskName Name => "test";

        public override string InstanceId => "test";
    }

    private sealed class ReadService(string service) : TaskActivity<object?, string>
    {
        public override Task<string> RunAsync(TaskActivityContext context, object? input) => Task.FromResult(service);
    }

    [DurableTask("Its-Name")]
    private sealed class Named : TaskOrchestrator<object?, string>
    {
        public override Task<string> RunAsync(TaskOrchestrationContext context, object? input) => Task.FromResult("named");
    }
}

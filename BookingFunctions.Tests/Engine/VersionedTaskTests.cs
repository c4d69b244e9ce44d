using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Tests.Engine;

public class VersionedTaskTests
{
    [Theory]
    [InlineData("v1", "one")]
    [InlineData("V2", "two")]
    public async Task An_instance_runs_the_class_of_its_version(string version, string output)
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestrator<TripOne>().AddOrchestrator<TripTwo>());

        Assert.Equal(output, (await StartAsync(engine, version)).ReadOutputAs<string>());
    }

    [Theory]
    [InlineData(null, "The function 'Trip' doesn't exist")]
    [InlineData("v3", "The function 'Trip' of the version 'v3' doesn't exist")]
    public async Task A_version_that_is_not_there_fails_the_instance_though_another_is(string? version, string message)
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestrator<TripOne>().AddOrchestrator<TripTwo>());

        var done = await StartAsync(engine, version);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, done.RuntimeStatus);
        Assert.Equal("OrchestratorTaskNotFound", done.FailureDetails!.ErrorType);
        Assert.StartsWith(message, done.FailureDetails.ErrorMessage, StringComparison.Ordinal);
        Assert.EndsWith("'Trip v1', 'Trip v2'.", done.FailureDetails.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "any v2")]
    [InlineData(true, null)]
    public async Task What_has_no_versions_serves_every_one_but_beside_a_version_only_none(bool besideOne, string? output)
    {
        await using var engine = await TestEngine.StartAsync(tasks =>
        {
            tasks.AddOrchestratorFunc("Trip", context => "any " + context.Version);
            if (besideOne)
            {
                tasks.AddOrchestrator("Trip", "v1", () => new TripOne());
            }
        });

        Assert.Equal("any ", (await StartAsync(engine, null)).ReadOutputAs<string>());
        var done = await StartAsync(engine, "v2");
        Assert.Equal(output is null ? OrchestrationRuntimeStatus.Failed : OrchestrationRuntimeStatus.Completed, done.RuntimeStatus);
        Assert.Equal(output, done.RuntimeStatus == OrchestrationRuntimeStatus.Completed ? done.ReadOutputAs<string>() : null);
    }

    [Fact]
    public async Task A_call_runs_the_activity_of_the_orchestrators_version_or_of_the_one_that_it_names()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Trip", async context =>
                await context.CallActivityAsync<string>("Book", "a")
                + await context.CallActivityAsync<string>("Book", "b", new TaskOptions { Version = "v1" })
                + await context.CallActivityAsync<string>("Pay"))
            .AddActivityFunc<string, string>("Book", "v1", (_, input) => Task.FromResult($"{input}1 "))
            .AddActivityFunc<string, string>("Book", "v2", (_, input) => Task.FromResult($"{input}2 "))
            .AddActivityFunc("Pay", _ => "paid"));

        Assert.Equal("a2 b1 paid", (await StartAsync(engine, "v2")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_instance_can_move_to_a_new_version_by_continuing_as_new()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc<int, string>("Trip", "v1", (context, n) =>
            {
                context.ContinueAsNew(new ContinueAsNewOptions { NewInput = n + 1, NewVersion = "v2" });
                return Task.FromResult("");
            })
            .AddOrchestratorFunc<int, string>("Trip", "v2", (_, n) => Task.FromResult($"two: {n}")));

        Assert.Equal("two: 1", (await StartAsync(engine, "v1")).ReadOutputAs<string>());
    }

    [Fact]
    public void A_name_can_be_added_once_for_each_version()
    {
        var registry = new DurableTaskRegistry()
            .AddOrchestrator<TripOne>()
            .AddOrchestrator<TripTwo>()
            .AddOrchestrator("Trip", () => new TripOne())
            .AddActivityFunc<int, int>("Book", "v1", (_, n) => Task.FromResult(n))
            .AddActivityFunc<int, int>("Book", (_, n) => Task.FromResult(n));

        Assert.Equal(["Trip", "Trip", "Trip"], registry.GetOrchestrators().Select(entry => entry.Key.Name));
        Assert.Equal(["Book", "Book"], registry.GetActivities().Select(entry => entry.Key.Name));
        Assert.Throws<ArgumentException>("name", () => registry.AddOrchestrator(new TripTwo()));
        Assert.Throws<ArgumentException>("name", () => registry.AddOrchestrator("trip", "V1", () => new TripOne()));
        Assert.Throws<ArgumentException>("name", () => registry.AddActivity("Book", "v1", () => throw new NotSupportedException()));
        Assert.Throws<ArgumentException>("version", () => registry.AddOrchestrator<Blank>());
    }

    private static async Task<OrchestrationMetadata> StartAsync(TestEngine engine, string? version) => await engine.WaitAsync(
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Trip", new StartOrchestrationOptions { Version = new TaskVersion(version) }));

    [DurableTask("Trip", Version = "v1")]
    private sealed class TripOne : TaskOrchestrator<object?, string>
    {
        public override Task<string> RunAsync(TaskOrchestrationContext context, object? input) => Task.FromResult("one");
    }

    [DurableTask("Trip", Version = "v2")]
    private sealed class TripTwo : TaskOrchestrator<object?, string>
    {
        public override Task<string> RunAsync(TaskOrchestrationContext context, object? input) => Task.FromResult("two");
    }

    [DurableTask("Trip", Version = " ")]
    private sealed class Blank : TaskOrchestrator<object?, string>
    {
        public override Task<string> RunAsync(TaskOrchestrationContext context, object? input) => Task.FromResult("never");
    }
}

using DurableTask.Core.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Tests.Engine;

public class VersionAndTagTests
{
    private static readonly Dictionary<string, string> Tags = new() { ["team"] = "travel", ["Cost Centre"] = "4711 \u00e9" };

    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("2.1", "2.1")]
    public async Task An_orchestrator_sees_the_version_that_it_was_started_with(string? version, string seen)
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc("Versioned", context => context.Version));

        Assert.Equal(seen, await StartAsync(engine, version));
    }

    [Fact]
    public async Task An_orchestrator_can_compare_its_version()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc(
            "Versioned", context => string.Join(' ', "2.9 2.10 2.11 ".Split(' ').Select(other => Math.Sign(context.CompareVersionTo(other))))));

        Assert.Equal("1 0 -1 1", await StartAsync(engine, "2.10"));
        Assert.Equal("-1 -1 -1 0", await StartAsync(engine, null));
    }

    [Fact]
    public async Task An_activity_has_its_orchestrators_version_unless_the_call_says_otherwise()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Versioned", async context => string.Join(
                ' ',
                await context.CallActivityAsync<string>("Version"),
                await context.CallActivityAsync<string>("Version", new TaskOptions()),
                await context.CallActivityAsync<string>("Version", new TaskOptions { Version = "v1" }),
                await context.CallActivityAsync<string>("Version", new TaskOptions(new RetryPolicy(2, TimeSpan.FromSeconds(1))) { Version = "v1" }),
                await context.CallActivityAsync<string>("Version", TaskOptions.FromRetryHandler(_ => false) with { Version = "v1" }),
                await context.CallActivityAsync<string>("Version", new TaskOptions { Version = TaskVersion.Unversioned })))
            .AddActivityFunc("Version", context => $"[{context.Version}]"));

        Assert.Equal("[v2] [v2] [v1] [v1] [v1] []", await StartAsync(engine, "v2"));
    }

    [Fact]
    public async Task A_sub_orchestrator_has_no_version_unless_the_call_says_so()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Versioned", async context => string.Join(
                ' ',
                await context.CallSubOrchestratorAsync<string>("Child"),
                await context.CallSubOrchestratorAsync<string>("Child", new SubOrchestrationOptions { Version = "v1" }),
                await context.CallSubOrchestratorAsync<string>("Child", new SubOrchestrationOptions { Version = TaskVersion.Unversioned })))
            .AddOrchestratorFunc("Child", context => $"[{context.Version}]"));

        Assert.Equal("[] [v1] []", await StartAsync(engine, "v2"));
    }

    [Fact]
    public async Task What_continues_as_new_keeps_its_version_or_takes_a_new_one()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc<string, string>("Versioned", (context, past) =>
        {
            var seen = $"{past}{context.Version} ";
            if (seen.Length < 9)
            {
                context.ContinueAsNew(new ContinueAsNewOptions { NewInput = seen, NewVersion = seen.Length < 6 ? null : "v2" });
            }

            return seen;
        }));

        Assert.Equal("v1 v1 v2 ", await StartAsync(engine, "v1"));
    }

    [Fact]
    public async Task A_restarted_instance_has_the_version_and_the_tags_that_it_had()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc("Versioned", context => context.Version));
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync(
            "Versioned", new StartOrchestrationOptions { Version = "v3", Tags = Tags });
        await engine.WaitAsync(id);

        var again = await engine.WaitAsync(await engine.Client.RestartAsync(id, restartWithNewInstanceId: true));

        Assert.Equal("v3", again.ReadOutputAs<string>());
        Assert.Equal(Tags, again.Tags);
    }

    [Fact]
    public async Task An_instance_shows_the_tags_that_it_was_started_with()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc<int, int>("Tagged", (context, n) =>
        {
            if (n < 2)
            {
                context.ContinueAsNew(n + 1);
            }

            return n;
        }));

        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Tagged", 0, new StartOrchestrationOptions("t") { Tags = Tags });

        Assert.Equal(Tags, (await engine.WaitAsync("t")).Tags);
        Assert.Equal(Tags, (await engine.Client.GetInstanceAsync("t"))!.Tags);
        Assert.Equal(Tags, (await engine.Client.GetAllInstancesAsync().ToListAsync()).Single().Tags);
        Assert.Empty((await engine.RunAsync("Tagged", 2)).Tags);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_sub_orchestrator_shows_the_tags_of_its_call_on_each_attempt(bool fails)
    {
        var runs = 0;
        var options = new SubOrchestrationOptions(new RetryPolicy(3, TimeSpan.FromMilliseconds(1)), "kid") { Tags = Tags };
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Parent", context => context.CallSubOrchestratorAsync("Child", options: options))
            .AddOrchestratorFunc("Child", _ => ++runs == 1 && fails ? throw new TimeoutException() : runs));

        var done = await engine.RunAsync("Parent", id: "dad");

        Assert.Equal(OrchestrationRuntimeStatus.Completed, done.RuntimeStatus);
        Assert.Equal(fails ? 2 : 1, runs);
        Assert.Equal(Tags, (await engine.Client.GetInstanceAsync("kid"))!.Tags);
        Assert.All(
            (await engine.Client.GetOrchestrationHistoryAsync("dad")).OfType<SubOrchestrationInstanceCreatedEvent>(),
            created => Assert.Equal(Tags, created.Tags));
    }

    [Fact]
    public async Task The_tags_of_an_activity_are_in_the_history()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Calls", async context =>
            {
                await context.CallActivityAsync("Work", options: new TaskOptions(tags: Tags));
                await context.CallActivityAsync("Work");
            })
            .AddActivityFunc("Work", _ => { }));

        await engine.RunAsync("Calls", id: "c");

        var scheduled = (await engine.Client.GetOrchestrationHistoryAsync("c")).OfType<TaskScheduledEvent>().ToList();
        Assert.Equal(Tags, scheduled[0].Tags);
        Assert.True(scheduled[1].Tags is null or { Count: 0 });
    }

    private static async Task<string?> StartAsync(TestEngine engine, string? version)
    {
        var options = new StartOrchestrationOptions { Version = version is null ? null : new TaskVersion(version) };
        return (await engine.WaitAsync(await engine.Client.ScheduleNewOrchestrationInstanceAsync("Versioned", options))).ReadOutputAs<string>();
    }
}

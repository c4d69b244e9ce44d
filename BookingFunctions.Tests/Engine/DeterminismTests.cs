using BookingFunctions.Tests.Api;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace BookingFunctions.Tests.Engine;

public class DeterminismTests
{
    [Fact]
    public async Task Code_that_stays_in_memory_is_not_replayed_and_code_that_is_loaded_again_is()
    {
        var seen = new List<bool>();
        void Tasks(DurableTaskRegistry tasks) => tasks.AddOrchestratorFunc("Waits", async context =>
        {
            seen.Add(context.IsReplaying);
            await context.CreateTimer(TimeSpan.Zero, CancellationToken.None);
            seen.Add(context.IsReplaying);
            context.SetCustomStatus("waiting");
            await context.WaitForExternalEvent<object>("Go");
            seen.Add(context.IsReplaying);
        });
        await using var engine = await TestEngine.StartAsync(Tasks);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Waits", new StartOrchestrationOptions("w"));
        await engine.WaitForCustomStatusAsync("w", "\"waiting\"");
        Assert.Equal([false, false], seen);

        await engine.RestartAsync(Tasks);
        await engine.Client.RaiseEventAsync("w", "Go");
        await engine.WaitAsync("w");

        Assert.Equal([false, false, true, true, false], seen);
    }

    [Fact]
    public async Task Time_stands_still_in_a_turn_moves_between_turns_and_is_the_same_in_a_replay()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2030, 1, 2, 3, 4, 5, 678, TimeSpan.Zero));
        var seen = new List<DateTime>();
        void Tasks(DurableTaskRegistry tasks) => tasks.AddOrchestratorFunc("Waits", async context =>
        {
            seen.Add(context.CurrentUtcDateTime);
            clock.Advance(TimeSpan.FromSeconds(7));
            Assert.Equal(seen[^1], context.CurrentUtcDateTime);
            await context.WaitForExternalEvent<object>("Go");
            seen.Add(context.CurrentUtcDateTime);
            context.SetCustomStatus("waiting");
            await context.WaitForExternalEvent<object>("Go");
        });
        await using var engine = await TestEngine.StartAsync(Tasks, clock: clock);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Waits", new StartOrchestrationOptions("w"));
        await engine.Client.WaitForInstanceStartAsync("w");
        await engine.Client.RaiseEventAsync("w", "Go");
        await engine.WaitForCustomStatusAsync("w", "\"waiting\"");

        await engine.RestartAsync(Tasks);
        await engine.Client.RaiseEventAsync("w", "Go");
        await engine.WaitAsync("w");

        Assert.Equal(4, seen.Count);
        Assert.Equal(seen[..2], seen[2..]);
        Assert.Equal(new DateTime(2030, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc), seen[0]);
        Assert.Equal(TimeSpan.FromSeconds(7), seen[1] - seen[0]);
        Assert.All(seen, time => Assert.Equal(DateTimeKind.Utc, time.Kind));
    }

    [Fact]
    public async Task New_ids_differ_from_each_other_and_from_those_of_other_executions_and_are_the_same_in_a_replay()
    {
        var seen = new List<Guid>();
        void Tasks(DurableTaskRegistry tasks) => tasks
            .AddOrchestratorFunc<int, int>("Waits", async (context, n) =>
            {
                seen.AddRange([context.NewGuid(), context.NewGuid()]);
                context.SetCustomStatus("waiting " + n);
                await context.WaitForExternalEvent<object>("Go");
                seen.Add(context.NewGuid());
                if (n == 1)
                {
                    context.ContinueAsNew(2);
                }

                return n;
            });
        await using var engine = await TestEngine.StartAsync(Tasks);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Waits", 1, new StartOrchestrationOptions("w"));
        await engine.WaitForCustomStatusAsync("w", "\"waiting 1\"");
        await engine.RestartAsync(Tasks);
        await engine.Client.RaiseEventAsync("w", "Go");
        await engine.WaitForCustomStatusAsync("w", "\"waiting 2\"");
        await engine.Client.RaiseEventAsync("w", "Go");
        await engine.WaitAsync("w");

        Assert.Equal(seen[..2], seen[2..4]);
        Assert.Equal(6, seen[2..].Distinct().Count());
    }

    [Fact]
    public async Task A_replay_safe_logger_writes_each_line_once_over_a_restart()
    {
        using var loggers = new RecordingLoggerFactory();
        void Tasks(DurableTaskRegistry tasks) => tasks
            .AddOrchestratorFunc("Logs", async context =>
            {
                var logger = context.CreateReplaySafeLogger("Trip");
                logger.LogInformation("before");
                await context.CallActivityAsync("Work");
                context.ReplaySafeLoggerFactory.CreateLogger("Trip").LogInformation("between");
                context.SetCustomStatus("waiting");
                await context.WaitForExternalEvent<object>("Go");
                logger.LogInformation("after");
            })
            .AddActivityFunc("Work", _ => { });
        await using var engine = await TestEngine.StartAsync(Tasks, loggers: loggers);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Logs", new StartOrchestrationOptions("l"));
        await engine.WaitForCustomStatusAsync("l", "\"waiting\"");

        await engine.RestartAsync(Tasks);
        await engine.Client.RaiseEventAsync("l", "Go");
        await engine.WaitAsync("l");

        var lines = loggers.Lines.Where(line => line.StartsWith("Trip", StringComparison.Ordinal));
        Assert.Equal(["Trip: before", "Trip: between", "Trip: after"], lines);
    }

    [Fact]
    public async Task A_context_knows_its_name_its_instance_and_that_nobody_called_it()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc("Knows", context =>
        {
            Assert.Null(context.Parent);
            Assert.Empty(context.Properties);
            return $"{context.Name} {context.InstanceId}";
        }));

        Assert.Equal("Knows k", (await engine.RunAsync("Knows", id: "k")).ReadOutputAs<string>());
    }

    [Theory]
    [InlineData("Go", "went")]
    [InlineData("Stop", "stopped")]
    public async Task A_race_has_the_same_winner_in_a_replay(string winner, string outcome)
    {
        void Tasks(DurableTaskRegistry tasks) => tasks.AddOrchestratorFunc("Race", async context =>
        {
            var go = context.WaitForExternalEvent<object>("Go");
            var stop = context.WaitForExternalEvent<object>("Stop");
            var first = await Task.WhenAny(go, stop);
            await Task.WhenAll(go, stop);
            context.SetCustomStatus("waiting");
            await context.WaitForExternalEvent<object>("End");
            return first == go ? "went" : "stopped";
        });
        await using var engine = await TestEngine.StartAsync(Tasks);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Race", new StartOrchestrationOptions("r"));
        await engine.Client.WaitForInstanceStartAsync("r");
        await engine.Client.RaiseEventAsync("r", winner);
        await engine.Client.RaiseEventAsync("r", winner == "Go" ? "Stop" : "Go");
        await engine.WaitForCustomStatusAsync("r", "\"waiting\"");

        await engine.RestartAsync(Tasks);
        await engine.Client.RaiseEventAsync("r", "End");

        Assert.Equal(outcome, (await engine.WaitAsync("r")).ReadOutputAs<string>());
    }
}

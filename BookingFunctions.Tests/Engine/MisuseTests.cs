using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Tests.Engine;

public class MisuseTests
{
    [Theory]
    [InlineData("activity")]
    [InlineData("child")]
    [InlineData("timer")]
    [InlineData("event")]
    [InlineData("send")]
    [InlineData("status")]
    [InlineData("continue")]
    [InlineData("guid")]
    public async Task A_context_that_is_used_from_another_thread_says_so_and_nothing_is_done(string use)
    {
        string? message = null;
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Threads", context =>
            {
                var thread = new Thread(() => message = Record.ExceptionAsync(() => UseAsync(context, use)).GetAwaiter().GetResult()?.Message);
                thread.Start();
                thread.Join();
                return "done";
            })
            .AddActivityFunc("Work", _ => { }));

        Assert.Equal("done", (await engine.RunAsync("Threads", id: "t")).ReadOutputAs<string>());
        Assert.StartsWith("The orchestration context of 't' was used outside of its orchestrator's code", message, StringComparison.Ordinal);
        Assert.Equal(4, (await engine.EventTypesAsync("t")).Length);
    }

    [Theory]
    [InlineData("activity")]
    [InlineData("timer")]
    [InlineData("event")]
    [InlineData("status")]
    [InlineData("guid")]
    public async Task A_context_that_is_used_after_its_orchestrator_has_ended_says_so(string use)
    {
        TaskOrchestrationContext? ended = null;
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc("Ends", context =>
        {
            ended = context;
            return "done";
        }));
        await engine.RunAsync("Ends", id: "e");

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => UseAsync(ended!, use));

        Assert.Contains("context of 'e' was used", error.Message, StringComparison.Ordinal);
        Assert.Equal(4, (await engine.EventTypesAsync("e")).Length);
    }

    [Fact]
    public async Task Code_that_goes_on_after_its_orchestrator_has_returned_asks_for_nothing_more()
    {
        var error = new TaskCompletionSource<Exception?>();
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Ends", async context =>
            {
                async Task GoOn()
                {
                    await context.WaitForExternalEvent<object>("Go");
                    error.SetResult(await Record.ExceptionAsync(() => context.CallActivityAsync("Work")));
                }

                var rest = GoOn();
                await context.WaitForExternalEvent<object>("Go");
                return rest.IsCompleted;
            })
            .AddActivityFunc("Work", _ => { }));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Ends", new StartOrchestrationOptions("e"));
        await engine.Client.RaiseEventAsync("e", "Go");

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.WaitAsync("e")).RuntimeStatus);
        await engine.Client.RaiseEventAsync("e", "Go");
        Assert.False(error.Task.IsCompleted);
    }

    [Fact]
    public async Task Options_that_are_given_as_the_input_are_refused()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc(
            "Calls", context => context.CallActivityAsync("Work", input: new TaskOptions())));

        var done = await engine.RunAsync("Calls");

        Assert.Equal("System.ArgumentException", done.FailureDetails!.ErrorType);
        Assert.Contains("pass it as options", done.FailureDetails.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Yield")]
    [InlineData("ThreadPool")]
    [InlineData("Source")]
    [InlineData("Semaphore")]
    [InlineData("CancelLater")]
    [InlineData("ConfigureAwait")]
    public async Task Awaiting_what_is_not_durable_fails_the_instance_or_works_the_same_in_every_replay(string way)
    {
        static void Tasks(DurableTaskRegistry tasks) => tasks.AddOrchestratorFunc<string, string>("Awaits", async (context, way) =>
        {
            switch (way)
            {
                case "Yield":
                    await Task.Yield();
                    break;
                case "ThreadPool":
                    await Task.Run(() => { });
                    await Task.Run(() => Thread.Sleep(5));
                    break;
                case "Source":
                    await new TaskCompletionSource().Task;
                    break;
                case "Semaphore":
                    using (var semaphore = new SemaphoreSlim(0))
                    {
                        await semaphore.WaitAsync(TimeSpan.FromMilliseconds(5));
                    }

                    break;
                case "CancelLater":
                    using (var source = new CancellationTokenSource(5))
                    {
                        await Task.Delay(Timeout.Infinite, source.Token);
                    }

                    break;
                default:
                    await context.CreateTimer(TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false);
                    break;
            }

            context.SetCustomStatus("after");
            return await context.WaitForExternalEvent<string>("Go");
        });
        await using var engine = await TestEngine.StartAsync(Tasks);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Awaits", way, new StartOrchestrationOptions("a"));
        if (way is "Yield" or "ConfigureAwait")
        {
            await engine.WaitForCustomStatusAsync("a", "\"after\"");
            await engine.RestartAsync(Tasks);
            await engine.Client.RaiseEventAsync("a", "Go", "went");
            Assert.Equal("went", (await engine.WaitAsync("a")).ReadOutputAs<string>());
        }
        else
        {
            var done = await engine.WaitAsync("a");
            Assert.Equal(OrchestrationRuntimeStatus.Failed, done.RuntimeStatus);
            Assert.Contains("awaits something that isn't durable", done.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("@cart@1")]
    [InlineData("@")]
    public async Task Entities_are_refused_by_name(string id)
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc<string>("Signals", (context, entity) => context.SendEvent(entity, "op", "add"))
            .AddOrchestratorFunc<string>("Calls", (context, entity) =>
                context.CallSubOrchestratorAsync("Signals", options: new SubOrchestrationOptions(instanceId: entity))));

        foreach (var orchestrator in new[] { "Signals", "Calls" })
        {
            var done = await engine.RunAsync(orchestrator, id);
            Assert.Equal(OrchestrationRuntimeStatus.Failed, done.RuntimeStatus);
            Assert.Contains(
                $"'{id}' must not start with '@': such ids are those of entities", done.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        }

        var start = await Assert.ThrowsAsync<ArgumentException>(() => engine.RunAsync("Signals", id: id));
        Assert.Contains("entities", start.Message, StringComparison.Ordinal);
        var raise = await Assert.ThrowsAsync<ArgumentException>(() => engine.Client.RaiseEventAsync(id, "op"));
        Assert.Contains("entities", raise.Message, StringComparison.Ordinal);
    }

    private static async Task UseAsync(TaskOrchestrationContext context, string use)
    {
        switch (use)
        {
            case "activity":
                await context.CallActivityAsync("Work");
                break;
            case "child":
                await context.CallSubOrchestratorAsync("Child");
                break;
            case "timer":
                await context.CreateTimer(TimeSpan.Zero, CancellationToken.None);
                break;
            case "event":
                await context.WaitForExternalEvent<object>("Event");
                break;
            case "send":
                context.SendEvent("other", "Event", "");
                break;
            case "status":
                context.SetCustomStatus("used");
                break;
            case "continue":
                context.ContinueAsNew();
                break;
            default:
                context.NewGuid();
                break;
        }
    }
}

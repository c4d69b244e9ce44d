using DurableTask.Core;
using DurableTask.Core.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Tests.Engine;

public class FailureTests
{
    [Fact]
    public async Task A_failed_instance_says_why_down_to_the_first_cause()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Fails", CallAsync)
            .AddActivityFunc("Boom", Boom));

        var done = await engine.RunAsync("Fails");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, done.RuntimeStatus);
        var failure = done.FailureDetails!;
        Assert.Equal("Microsoft.DurableTask.TaskFailedException", failure.ErrorType);
        Assert.Equal("Task 'Boom' (#0) failed with an unhandled exception: full", failure.ErrorMessage);
        Assert.Contains(nameof(CallAsync), failure.StackTrace, StringComparison.Ordinal);
        Assert.DoesNotContain(nameof(Boom), failure.StackTrace, StringComparison.Ordinal);
        Assert.Equal((typeof(RoomException).FullName, "full"), (failure.InnerFailure!.ErrorType, failure.InnerFailure.ErrorMessage));
        Assert.Contains(nameof(Boom), failure.InnerFailure.StackTrace, StringComparison.Ordinal);
        Assert.Equal("System.TimeoutException: late", failure.InnerFailure.InnerFailure!.ToString());
        Assert.Null(failure.InnerFailure.InnerFailure.InnerFailure);
    }

    [Fact]
    public async Task What_an_orchestrator_throws_is_the_instances_failure()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Throws", Boom)
            .AddOrchestratorFunc("Cancels", _ => throw new OperationCanceledException("no more"))
            .AddOrchestratorFunc<string>("Later", async context =>
            {
                await context.CreateTimer(TimeSpan.Zero, CancellationToken.None);
                throw new RoomException("full later");
            }));

        var failure = (await engine.RunAsync("Throws")).FailureDetails!;
        Assert.Equal((typeof(RoomException).FullName, "full"), (failure.ErrorType, failure.ErrorMessage));
        Assert.Contains(nameof(Boom), failure.StackTrace, StringComparison.Ordinal);
        Assert.True(failure.IsCausedBy<RoomException>());
        Assert.True(failure.IsCausedBy<InvalidOperationException>());
        Assert.True(failure.IsCausedBy<Exception>());
        Assert.False(failure.IsCausedBy<TimeoutException>());
        Assert.True(failure.InnerFailure!.IsCausedBy<TimeoutException>());
        var cancelled = await engine.RunAsync("Cancels");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, cancelled.RuntimeStatus);
        Assert.Equal("full later", (await engine.RunAsync("Later")).FailureDetails!.ErrorMessage);
    }

    [Fact]
    public async Task A_failure_is_told_apart_by_type_where_it_is_caught()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc<string, string>("Catches", async (context, activity) =>
            {
                try
                {
                    return await context.CallActivityAsync<string>(activity);
                }
                catch (TaskFailedException e) when (e.FailureDetails.IsCausedBy<ArgumentException>())
                {
                    return "argument";
                }
                catch (TaskFailedException e) when (e.FailureDetails.IsCausedBy<Exception>())
                {
                    return $"other: {e.TaskName} {e.TaskId}";
                }
            })
            .AddActivityFunc("Null", _ => throw new ArgumentNullException())
            .AddActivityFunc("Room", Boom)
            .AddActivityFunc("Fine", _ => "fine"));

        Assert.Equal("argument", (await engine.RunAsync("Catches", "Null")).ReadOutputAs<string>());
        Assert.Equal("other: Room 0", (await engine.RunAsync("Catches", "Room")).ReadOutputAs<string>());
        Assert.Equal("fine", (await engine.RunAsync("Catches", "Fine")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_failure_is_the_same_after_a_restart()
    {
        static void Tasks(DurableTaskRegistry tasks) => tasks
            .AddOrchestratorFunc("Parent", async context =>
            {
                string? seen = null;
                try
                {
                    await context.CallSubOrchestratorAsync("Child");
                }
                catch (TaskFailedException e)
                {
                    var room = e.FailureDetails.InnerFailure!;
                    var hasTrace = room.StackTrace!.Contains(nameof(Boom), StringComparison.Ordinal);
                    seen = $"{e.Message} | {e.FailureDetails} | {room} | {room.InnerFailure} | {hasTrace}";
                }

                context.SetCustomStatus(seen);
                await context.WaitForExternalEvent<object>("Go");
                return seen;
            })
            .AddOrchestratorFunc("Child", CallAsync)
            .AddActivityFunc("Boom", Boom);
        await using var engine = await TestEngine.StartAsync(Tasks);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Parent", new StartOrchestrationOptions("dad"));
        await TestEngine.UntilAsync(async () =>
            (await engine.Client.GetInstanceAsync("dad", true))!.ReadCustomStatusAs<string>() is not null);
        var before = (await engine.Client.GetInstanceAsync("dad", true))!.ReadCustomStatusAs<string>();

        await engine.RestartAsync(Tasks);
        await engine.Client.RaiseEventAsync("dad", "Go");

        Assert.Equal(
            "Task 'Child' (#0) failed with an unhandled exception: Task 'Boom' (#0) failed with an unhandled exception: full"
            + " | Microsoft.DurableTask.TaskFailedException: Task 'Boom' (#0) failed with an unhandled exception: full"
            + $" | {typeof(RoomException).FullName}: full | System.TimeoutException: late | True",
            before);
        Assert.Equal(before, (await engine.WaitAsync("dad")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Of_several_failures_one_is_thrown_and_the_others_can_be_looked_at()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("All", async context =>
            {
                Task[] calls = [context.CallActivityAsync("Boom"), context.CallActivityAsync("Fine"), context.CallActivityAsync("Boom")];
                try
                {
                    await Task.WhenAll(calls);
                    return "no failure";
                }
                catch (TaskFailedException e)
                {
                    return $"{e.TaskName} {string.Join(' ', calls.Select(call => call.Status))}";
                }
            })
            .AddActivityFunc("Boom", Boom)
            .AddActivityFunc("Fine", _ => { }));

        Assert.Equal("Boom Faulted RanToCompletion Faulted", (await engine.RunAsync("All")).ReadOutputAs<string>());
    }

    [Theory]
    [InlineData("Nasty")]
    [InlineData("Deep")]
    [InlineData("Huge")]
    [InlineData("Surrogate")]
    [InlineData("Many")]
    [InlineData("Null")]
    public async Task Whatever_an_activity_throws_fails_its_task_and_nothing_else(string kind)
    {
        static void Tasks(DurableTaskRegistry tasks) => tasks
            .AddOrchestratorFunc<string, string>("Catches", async (context, input) =>
            {
                string seen;
                try
                {
                    await context.CallActivityAsync("Throws", input);
                    seen = "no failure";
                }
                catch (TaskFailedException)
                {
                    seen = "failed";
                }

                context.SetCustomStatus(seen);
                return seen + await context.WaitForExternalEvent<string>("Go");
            })
            .AddOrchestratorFunc<string>("Throws", (_, input) => throw Make(input))
            .AddActivityFunc<string>("Throws", (_, input) => throw Make(input));
        await using var engine = await TestEngine.StartAsync(Tasks);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Catches", kind, new StartOrchestrationOptions("c"));
        await engine.WaitForCustomStatusAsync("c", "\"failed\"");

        await engine.RestartAsync(Tasks);
        await engine.Client.RaiseEventAsync("c", "Go", " and went on");

        Assert.Equal("failed and went on", (await engine.WaitAsync("c")).ReadOutputAs<string>());
        var thrown = await engine.RunAsync("Throws", kind);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, thrown.RuntimeStatus);
        Assert.NotNull(thrown.FailureDetails);
        Assert.NotEmpty(await engine.Client.GetOrchestrationHistoryAsync(thrown.InstanceId));
    }

    [Fact]
    public async Task Properties_that_can_t_be_kept_don_t_hide_the_failure()
    {
        await using var engine = await TestEngine.StartAsync(
            tasks => tasks
                .AddOrchestratorFunc("Fails", CallAsync)
                .AddActivityFunc("Boom", Boom),
            services: services => services.AddSingleton<IExceptionPropertiesProvider, CircularProperties>());

        var done = await engine.RunAsync("Fails");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, done.RuntimeStatus);
        Assert.Equal("full", done.FailureDetails!.InnerFailure!.ErrorMessage);
    }

    [Fact]
    public async Task The_failure_of_an_instance_is_in_its_history()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc("Throws", Boom));

        await engine.RunAsync("Throws", id: "t");

        var completed = (await engine.Client.GetOrchestrationHistoryAsync("t")).OfType<ExecutionCompletedEvent>().Single();
        Assert.Equal(OrchestrationStatus.Failed, completed.OrchestrationStatus);
        Assert.Equal("full", completed.Result);
        Assert.Equal("late", completed.FailureDetails!.InnerFailure!.ErrorMessage);
    }

    private static async Task CallAsync(TaskOrchestrationContext context) => await context.CallActivityAsync("Boom");

    private static void Boom(object context) => throw new RoomException("full", new TimeoutException("late"));

    private static Exception Make(string kind) => kind switch
    {
        "Nasty" => new NastyException(),
        "Deep" => Enumerable.Range(0, 500).Aggregate(new InvalidOperationException("0"), (inner, n) => new InvalidOperationException($"{n}", inner)),
        "Huge" => new InvalidOperationException(new string('x', 5_000_000)),
        "Surrogate" => new InvalidOperationException("half \ud83d of a character \0"),
        "Many" => new AggregateException("many", new TimeoutException("1"), new TimeoutException("2")),
        _ => new InvalidOperationException(null, null),
    };

    private sealed class RoomException(string message, Exception? inner = null) : InvalidOperationException(message, inner);

    private sealed class NastyException : Exception
    {
        public override string Message => throw new InvalidOperationException("no message for you");

        public override string StackTrace => throw new InvalidOperationException("no stack trace either");

        public override string ToString() => throw new InvalidOperationException("nor text");
    }

    private sealed class CircularProperties : IExceptionPropertiesProvider
    {
        public IDictionary<string, object?> GetExceptionProperties(Exception exception)
        {
            var properties = new Dictionary<string, object?> { ["exception"] = exception, ["type"] = typeof(string), ["number"] = double.NaN };
            properties["itself"] = properties;
            return properties;
        }
    }
}

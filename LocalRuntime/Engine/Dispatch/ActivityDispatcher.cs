using System.Diagnostics;
using DurableTask.Core.History;
using LocalRuntime.Engine.Tracing;
using LocalRuntime.Storage;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LocalRuntime.Engine.Dispatch;

/// <summary>Runs activities, and hands their outcome to their orchestrators. It is kept only with the turn that consumes it.</summary>
internal sealed partial class ActivityDispatcher(
    DurableEngineOptions options,
    DurableTaskRegistry registry,
    IServiceProvider services,
    DataConverter converter,
    Failures failures,
    TimeProvider clock,
    ILogger logger,
    Action<string, Delivery> deliver) : IDisposable
{
    private readonly WorkQueue queue = new(options.MaxConcurrentActivities, options.Scheduler);
    private readonly CancellationTokenSource stopping = new();

    /// <summary>Queues an activity.</summary>
    public void Enqueue(ScheduledActivity activity) => queue.Enqueue(() => RunAsync(activity));

    /// <summary>Starts no more activities and waits for those that run; once the token is cancelled it cancels them.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        var stopped = queue.StopAsync();
        try
        {
            await stopped.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            stopping.Cancel();

            // Those that don't heed it are left behind: they run again after the next start.
            await Task.WhenAny(stopped, Task.Delay(TimeSpan.FromSeconds(1), clock, CancellationToken.None));
        }
    }

    public void Dispose() => stopping.Dispose();

    private async Task RunAsync(ScheduledActivity activity)
    {
        HistoryEvent outcome;
        var span = EngineSpans.StartRun(activity);
        var ahead = new AheadWrites();
        try
        {
            outcome = new TaskCompletedEvent(-1, activity.TaskId, await RunTaskAsync(activity, ahead));
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // Not a failure of the activity: it runs again after the next start.
            span?.SetStatus(ActivityStatusCode.Error, "The host stops. It runs again after the next start.");
            return;
        }
        catch (Exception e)
        {
            var failure = failures.Of(e);
            span?.SetStatus(ActivityStatusCode.Error, failure.ErrorMessage);
            var instance = options.NameInLogs(activity.InstanceId);
            LogFailed(activity.Name, instance, activity.TaskId, failure.ErrorType);
            LogFailure(e, activity.Name, instance, activity.TaskId);
            outcome = new TaskFailedEvent(-1, activity.TaskId, null, null, failure);
        }
        finally
        {
            span?.Dispose();
        }

        outcome.Timestamp = clock.GetUtcNow().UtcDateTime;
        deliver(activity.InstanceId, new Delivery(outcome)
        {
            ActivityId = activity.Id,
            InstanceKey = activity.InstanceKey,
            ExecutionId = activity.ExecutionId,
            Assumes = ahead.Taken,
            RunAgain = () => Enqueue(activity),
        });
    }

    private async Task<string?> RunTaskAsync(ScheduledActivity activity, AheadWrites ahead)
    {
        ahead.Collect();
        await using var scope = services.CreateAsyncScope();
        if (!registry.TryCreateActivity(activity.Name, scope.ServiceProvider, out var task, activity.Version))
        {
            throw TaskMissingException.Activity(activity.Name, activity.Version, registry.ActivityNames);
        }

        var input = task!.InputType == typeof(void) ? null : converter.Deserialize(activity.Input, task.InputType);
        var context = new EngineActivityContext(
            activity.Name, activity.InstanceId, activity.Version ?? "", scope.ServiceProvider, stopping.Token);
        return converter.Serialize(await task.RunAsync(context, input));
    }

    // Its message may say anything, also about people. It is in the history.
    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "The activity '{Activity}' of '{Instance}' (#{TaskId}) failed: {Type}")]
    private partial void LogFailed(string activity, string instance, int taskId, string type);

    [LoggerMessage(EventId = 2, Level = LogLevel.Debug, Message = "The activity '{Activity}' of '{Instance}' (#{TaskId}) failed.")]
    private partial void LogFailure(Exception exception, string activity, string instance, int taskId);
}

using DurableTask.Core;
using DurableTask.Core.Exceptions;
using LocalFunctionsHost.Backends;
using LocalFunctionsHost.Functions;
using Microsoft.DurableTask.Worker.Shims;

namespace LocalFunctionsHost.Worker;

/// <summary>One run of an activity function as the framework calls it.</summary>
/// <param name="function">The function.</param>
/// <param name="name">The name that it was called by.</param>
/// <param name="shims">Adapts it to the framework.</param>
/// <param name="services">The app's services.</param>
/// <param name="properties">What is kept of exceptions beside their text; null for nothing.</param>
/// <param name="log">What is logged of activities.</param>
/// <param name="backend">Cancels the run when it has lost what the run is for.</param>
/// <param name="stopping">Cancels the run; it is then made again after the next start.</param>
internal sealed class FunctionTaskActivity(
    ActivityFunction function,
    string name,
    DurableTaskShimFactory shims,
    IServiceProvider services,
    IExceptionPropertiesProvider? properties,
    FunctionLog log,
    IOrchestrationBackend backend,
    CancellationToken stopping) : TaskActivity
{
    /// <inheritdoc/>
    public override string Run(TaskContext context, string input) =>
        throw new NotSupportedException("Activities run asynchronously.");

    /// <inheritdoc/>
    public override async Task<string?> RunAsync(TaskContext context, string input)
    {
        var lost = backend.GetCancellation(context);
        using var both = lost.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(lost, stopping) : null;
        try
        {
            return await shims.CreateActivity(name, new ActivityRun(function, services, both?.Token ?? stopping)).RunAsync(context, input);
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested)
        {
            // The storage drops the outcome.
            return null;
        }
        catch (OperationCanceledException e) when (stopping.IsCancellationRequested)
        {
            throw new SessionAbortedException("The host stops; the activity runs again after the next start.", e);
        }
        catch (Exception e)
        {
            log.ActivityFailed(name, context.OrchestrationInstance.InstanceId, e);
            throw TaskFailures.Create(
                $"Function '{name}' failed with an unhandled exception.",
                Failures.CanBeRead(e) ? e : null,
                Failures.Describe(e, properties));
        }
    }
}

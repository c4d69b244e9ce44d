using DurableTask.Core;
using DurableTask.Core.Command;
using DurableTask.Core.Middleware;
using LocalFunctionsHost.Functions;
using Microsoft.DurableTask;

namespace LocalFunctionsHost.Worker;

/// <summary>What each turn of an orchestration is wrapped in.</summary>
internal static class OrchestrationMiddleware
{
    /// <summary>
    /// Sets the parent, and fails an orchestrator that waits for nothing durable, or whose custom status can't be written.
    /// </summary>
    public static async Task InvokeAsync(DispatchMiddlewareContext context, Func<Task> next)
    {
        var orchestration = context.GetProperty<TaskOrchestration>() as FunctionOrchestration;
        var state = context.GetProperty<OrchestrationRuntimeState>();
        if (orchestration is not null && state.ParentInstance is { } parent)
        {
            orchestration.Parent = new ParentOrchestrationInstance(parent.Name, parent.OrchestrationInstance.InstanceId);
        }

        await next();
        if (orchestration is null || context.GetProperty<OrchestratorExecutionResult>() is not { } result)
        {
            return;
        }

        if (orchestration.StatusFailure is { } failure)
        {
            context.SetProperty(Fail(state, [], null, Failures.Describe(failure)));
        }
        else if (orchestration.IsStuck && !result.Actions.Any(action => action is OrchestrationCompleteOrchestratorAction))
        {
            var type = typeof(InvalidOperationException).FullName!;
            var details = new FailureDetails(type, IllegalAwait.Message, stackTrace: null, innerFailure: null, isNonRetriable: false);
            context.SetProperty(Fail(state, result.Actions, result.CustomStatus, details));
        }
    }

    private static OrchestratorExecutionResult Fail(
        OrchestrationRuntimeState state, IEnumerable<OrchestratorAction> actions, string? customStatus, FailureDetails failure) => new()
        {
            CustomStatus = customStatus,
            Actions =
        [
            .. actions,
            new OrchestrationCompleteOrchestratorAction
            {
                Id = state.Events.Count,
                OrchestrationStatus = OrchestrationStatus.Failed,
                Result = failure.ErrorMessage,
                FailureDetails = failure,
            },
        ],
        };
}

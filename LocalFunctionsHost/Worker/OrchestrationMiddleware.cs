using DurableTask.Core;
using DurableTask.Core.Command;
using DurableTask.Core.Middleware;
using LocalFunctionsHost.Functions;
using Microsoft.DurableTask;

namespace LocalFunctionsHost.Worker;

/// <summary>What each turn of an orchestration is wrapped in.</summary>
internal static class OrchestrationMiddleware
{
    /// <summary>Says who the parent is, and fails an orchestrator that waits for something that isn't durable.</summary>
    public static async Task InvokeAsync(DispatchMiddlewareContext context, Func<Task> next)
    {
        var orchestration = context.GetProperty<TaskOrchestration>() as FunctionOrchestration;
        var state = context.GetProperty<OrchestrationRuntimeState>();
        if (orchestration is not null && state.ParentInstance is { } parent)
        {
            orchestration.Parent = new ParentOrchestrationInstance(parent.Name, parent.OrchestrationInstance.InstanceId);
        }

        await next();
        if (orchestration is { IsStuck: true }
            && context.GetProperty<OrchestratorExecutionResult>() is { } result
            && !result.Actions.Any(action => action is OrchestrationCompleteOrchestratorAction))
        {
            context.SetProperty(Fail(result, state));
        }
    }

    private static OrchestratorExecutionResult Fail(OrchestratorExecutionResult result, OrchestrationRuntimeState state) => new()
    {
        CustomStatus = result.CustomStatus,
        Actions =
        [
            .. result.Actions,
            new OrchestrationCompleteOrchestratorAction
            {
                Id = state.Events.Count,
                OrchestrationStatus = OrchestrationStatus.Failed,
                Result = IllegalAwait.Message,
                FailureDetails = new FailureDetails(
                    typeof(InvalidOperationException).FullName!, IllegalAwait.Message, stackTrace: null, innerFailure: null, isNonRetriable: false),
            },
        ],
    };
}

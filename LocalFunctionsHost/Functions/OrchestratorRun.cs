using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;

namespace LocalFunctionsHost.Functions;

/// <summary>One execution of an orchestrator function, from its beginning to its end or until it is dropped from memory.</summary>
/// <param name="function">The function.</param>
/// <param name="services">The app's services.</param>
internal sealed class OrchestratorRun(OrchestratorFunction function, IServiceProvider services) : ITaskOrchestrator
{
    private OpenTaskContext? open;

    /// <inheritdoc/>
    public Type InputType => function.InputType;

    /// <inheritdoc/>
    public Type OutputType => typeof(object);

    /// <summary>Whether the code can still be waiting for something durable.</summary>
    public bool HasOpenTasks() => open is { } context && context.HasOpenTasks();

    /// <inheritdoc/>
    public async Task<object?> RunAsync(TaskOrchestrationContext context, object? input)
    {
        open = new OpenTaskContext(context);
        await using var scope = services.CreateAsyncScope();
        var functionContext = new LocalFunctionContext(function.Method, scope.ServiceProvider, CancellationToken.None);
        var workerContext = WorkerContextAccess.Create(open, functionContext);
        var code = function.InvokeAsync((TaskOrchestrationContext)workerContext, functionContext, input);
        if (!code.IsCompleted && !WorkerContextAccess.IsAccessed(workerContext))
        {
            throw new InvalidOperationException(IllegalAwait.Message);
        }

        // The continuations stay on the turn's own context, as those of the code itself.
        var result = await code;
        WorkerContextAccess.ThrowIfIllegalAccess(workerContext);
        return result;
    }
}

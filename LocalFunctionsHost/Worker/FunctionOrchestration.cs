using DurableTask.Core;
using LocalFunctionsHost.Functions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Worker.Shims;
using CoreTaskFailedException = DurableTask.Core.Exceptions.TaskFailedException;

namespace LocalFunctionsHost.Worker;

/// <summary>One execution of an orchestrator function: the worker's shim, which is made when the parent is known.</summary>
/// <param name="function">The function.</param>
/// <param name="name">The name that it was started by.</param>
/// <param name="shims">Adapts it to the framework.</param>
/// <param name="services">The app's services.</param>
internal sealed class FunctionOrchestration(
    OrchestratorFunction function, string name, DurableTaskShimFactory shims, IServiceProvider services) : TaskOrchestration
{
    private readonly OrchestratorRun run = new(function, services);
    private TaskOrchestration? shim;

    /// <summary>The instance that has started this one; null if a client has.</summary>
    public ParentOrchestrationInstance? Parent { get; set; }

    /// <summary>Whether the code has begun and waits for nothing durable: no later turn can make it go on.</summary>
    public bool IsStuck => shim is not null && !run.HasOpenTasks();

    /// <summary>Why the custom status that the code has set can't be kept; null if it can.</summary>
    public Exception? StatusFailure { get; private set; }

    /// <inheritdoc/>
    public override async Task<string?> Execute(OrchestrationContext context, string input)
    {
        shim = shims.CreateOrchestration(name, run, Parent);
        try
        {
            return await shim.Execute(context, input);
        }
        catch (Exception e) when (!Failures.CanBeRead(e))
        {
            throw new CoreTaskFailedException(e.GetType().ToString(), null) { FailureDetails = Failures.Describe(e) };
        }
    }

    /// <inheritdoc/>
    public override void RaiseEvent(OrchestrationContext context, string name, string input) => shim?.RaiseEvent(context, name, input);

    /// <inheritdoc/>
    public override string? GetStatus()
    {
        try
        {
            return shim?.GetStatus();
        }
        catch (Exception e)
        {
            StatusFailure = e;
            return null;
        }
    }
}

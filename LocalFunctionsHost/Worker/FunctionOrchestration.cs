using DurableTask.Core;
using LocalFunctionsHost.Functions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Worker.Shims;

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

    /// <inheritdoc/>
    public override Task<string?> Execute(OrchestrationContext context, string input)
    {
        shim = shims.CreateOrchestration(name, run, Parent);
        return shim.Execute(context, input)!;
    }

    /// <inheritdoc/>
    public override void RaiseEvent(OrchestrationContext context, string name, string input) => shim?.RaiseEvent(context, name, input);

    /// <inheritdoc/>
    public override string? GetStatus() => shim?.GetStatus();
}

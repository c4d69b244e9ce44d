using System.Runtime.CompilerServices;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace LocalFunctionsHost.Functions;

/// <summary>
/// The context that the worker extension gives to orchestrator functions. It is internal there; with it, inputs are read and misuse is
/// detected as on Azure.
/// </summary>
internal static class WorkerContextAccess
{
    private const string TypeName =
        "Microsoft.Azure.Functions.Worker.Extensions.DurableTask.FunctionsOrchestrationContext, "
        + "Microsoft.Azure.Functions.Worker.Extensions.DurableTask";

    /// <summary>Makes the context.</summary>
    /// <param name="inner">The framework's context.</param>
    /// <param name="function">The context of the call.</param>
    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    [return: UnsafeAccessorType(TypeName)]
    public static extern object Create(TaskOrchestrationContext inner, FunctionContext function);

    /// <summary>Whether the code has used its context.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_IsAccessed")]
    public static extern bool IsAccessed([UnsafeAccessorType(TypeName)] object context);

    /// <summary>Throws if this isn't the thread of the orchestrator's turn.</summary>
    /// <exception cref="InvalidOperationException">It isn't.</exception>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "ThrowIfIllegalAccess")]
    public static extern void ThrowIfIllegalAccess([UnsafeAccessorType(TypeName)] object context);
}

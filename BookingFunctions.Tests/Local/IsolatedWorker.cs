using System.Reflection;
using Microsoft.Azure.WebJobs.Extensions.DurableTask;

namespace BookingFunctions.Tests.Local;

/// <summary>What the Durable Functions extension asks for: an isolated worker, outside of the consumption plan.</summary>
public class IsolatedWorker : DispatchProxy
{
#pragma warning disable CS0612 // The constructor of the published factory asks for it.
    /// <summary>Makes one.</summary>
    public static IPlatformInformation Create() => Create<IPlatformInformation, IsolatedWorker>();

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod?.Name switch
    {
        nameof(IPlatformInformation.IsInConsumptionPlan) => false,
        nameof(IPlatformInformation.GetWorkerRuntimeType) => WorkerRuntimeType.DotNetIsolated,
        _ => throw new NotSupportedException(targetMethod?.Name),
    };
#pragma warning restore CS0612
}

using System.Runtime.CompilerServices;
using DurableTask.Core;

namespace BookingFunctions.Simulation.Dispatch;

/// <summary>The non-public members of the Durable Task Framework that start and run work items.</summary>
internal static class DispatcherAccess
{
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "dispatcher")]
    public static extern ref WorkItemDispatcher<TaskOrchestrationWorkItem> Of(TaskOrchestrationDispatcher dispatcher);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "dispatcher")]
    public static extern ref WorkItemDispatcher<TaskActivityWorkItem> Of(TaskActivityDispatcher dispatcher);
}

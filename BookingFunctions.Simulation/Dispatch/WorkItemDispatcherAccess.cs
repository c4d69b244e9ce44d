using System.Runtime.CompilerServices;
using DurableTask.Core;

namespace BookingFunctions.Simulation.Dispatch;

/// <summary>The non-public members of a <see cref="WorkItemDispatcher{T}"/> that its fetch loop uses.</summary>
internal static class WorkItemDispatcherAccess<T>
{
    /// <summary>Processes a work item, aborts it if that fails, releases it, and gives its slot back.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "ProcessWorkItemAsync")]
    public static extern Task ProcessAsync(WorkItemDispatcher<T> dispatcher, WorkItemDispatcherContext context, object workItem);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_FetchWorkItem")]
    public static extern Func<TimeSpan, CancellationToken, Task<T>> Fetch(WorkItemDispatcher<T> dispatcher);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "concurrencyLock")]
    public static extern ref SemaphoreSlim Slots(WorkItemDispatcher<T> dispatcher);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "shutdownCancellationTokenSource")]
    public static extern ref CancellationTokenSource Shutdown(WorkItemDispatcher<T> dispatcher);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "isStarted")]
    public static extern ref bool IsStarted(WorkItemDispatcher<T> dispatcher);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "delayOverrideSecs")]
    public static extern ref int DelaySeconds(WorkItemDispatcher<T> dispatcher);
}

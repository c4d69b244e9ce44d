using System.Reflection;
using DurableTask.Core;

namespace DurableTask.Sqlite.Work;

/// <summary>
/// What the framework keeps in a work item between turns. It is read by reflection: its type is internal, and no <c>UnsafeAccessor</c> can
/// refer to a field of such a type.
/// </summary>
internal static class ExecutionCursor
{
    private static readonly FieldInfo? Cursor =
        typeof(TaskOrchestrationWorkItem).GetField("Cursor", BindingFlags.Instance | BindingFlags.NonPublic);

    private static readonly PropertyInfo? Executor = Cursor?.FieldType.GetProperty("OrchestrationExecutor");

    /// <summary>
    /// Whether an orchestrator's code has returned while tasks of its are open. The framework forgets at the next turn of a live instance
    /// that such code wanted to continue as new; a replay doesn't.
    /// </summary>
    /// <param name="item">The work item after its turn.</param>
    /// <returns>True as well if this version of the framework has no such members.</returns>
    public static bool HasReturned(TaskOrchestrationWorkItem item) => Executor is null
        || (Cursor!.GetValue(item) is { } cursor && Executor.GetValue(cursor) is TaskOrchestrationExecutor { IsCompleted: true });
}

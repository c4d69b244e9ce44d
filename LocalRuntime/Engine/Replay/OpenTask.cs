namespace LocalRuntime.Engine.Replay;

/// <summary>A durable task that an orchestrator has started and whose outcome it has not seen.</summary>
/// <param name="Name">The name of the activity or sub-orchestrator; empty for a timer.</param>
internal sealed record OpenTask(string Name)
{
    /// <summary>Gets the result as JSON, or the failure.</summary>
    public TaskCompletionSource<string?> Source { get; } = new();
}

namespace LocalRuntime.Engine.Replay;

/// <summary>A durable task that an orchestrator has started and whose outcome it has not seen.</summary>
/// <param name="Action">What it asked for.</param>
internal sealed record OpenTask(OrchestratorAction Action)
{
    /// <summary>The name of the activity or sub-orchestrator; empty for a timer.</summary>
    public string Name => Action switch
    {
        ActivityAction activity => activity.Name,
        SubOrchestrationAction child => child.Name,
        _ => "",
    };

    /// <summary>Gets the result as JSON, or the failure.</summary>
    public TaskCompletionSource<string?> Source { get; } = new();
}

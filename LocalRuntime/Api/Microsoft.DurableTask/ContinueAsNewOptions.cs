namespace Microsoft.DurableTask;

/// <summary>How an orchestration starts over.</summary>
public class ContinueAsNewOptions
{
    /// <summary>The new input; null for none.</summary>
    public object? NewInput { get; set; }

    /// <summary>Whether the events that nobody waited for yet are kept; they are unless told otherwise.</summary>
    public bool PreserveUnprocessedEvents { get; set; } = true;

    /// <summary>The new version of the orchestrator; null to keep the one it has.</summary>
    public string? NewVersion { get; set; }
}

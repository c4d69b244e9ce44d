namespace DurableTask.Core;

/// <summary>An execution of an orchestration instance.</summary>
public class OrchestrationInstance
{
    /// <summary>The instance's id.</summary>
    public string InstanceId { get; set; } = null!;

    /// <summary>The execution's id: another one whenever the instance continues as new. Null for any execution.</summary>
    public string? ExecutionId { get; set; }
}

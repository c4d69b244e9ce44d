namespace Microsoft.DurableTask;

/// <summary>How an orchestrator calls a sub-orchestrator.</summary>
public record SubOrchestrationOptions : TaskOptions
{
    /// <summary>Makes options.</summary>
    /// <param name="retry">What to do about failures; null to let the first one through.</param>
    /// <param name="instanceId">The id of the new instance; null for one that is derived from the caller's.</param>
    public SubOrchestrationOptions(TaskRetryOptions? retry = null, string? instanceId = null)
        : base(retry)
    {
        InstanceId = instanceId;
    }

    /// <summary>Makes options that are those of any task, and an instance id.</summary>
    /// <param name="options">The options of any task. If they are a sub-orchestrator's, their instance id is the default.</param>
    /// <param name="instanceId">The id of the new instance; null for the default.</param>
    public SubOrchestrationOptions(TaskOptions options, string? instanceId = null)
        : base(options)
    {
        InstanceId = instanceId ?? (options as SubOrchestrationOptions)?.InstanceId;
    }

    /// <summary>Makes options equal to others.</summary>
    /// <param name="options">The others.</param>
    public SubOrchestrationOptions(SubOrchestrationOptions options)
        : base(options)
    {
        ArgumentNullException.ThrowIfNull(options);
        InstanceId = options.InstanceId;
    }

    /// <summary>The id of the new instance; null for one that is derived from the caller's.</summary>
    public string? InstanceId { get; init; }

    /// <summary>The version of the orchestrator that is called; null for the default one.</summary>
    public new TaskVersion? Version
    {
        get => base.Version;
        init => base.Version = value;
    }
}

namespace Microsoft.DurableTask;

/// <summary>How an orchestrator calls an activity or a sub-orchestrator.</summary>
public record TaskOptions
{
    /// <summary>Makes options.</summary>
    /// <param name="retry">What to do about failures; null to let the first one through.</param>
    public TaskOptions(TaskRetryOptions? retry)
        : this(retry, null)
    {
    }

    /// <summary>Makes options.</summary>
    /// <param name="retry">What to do about failures; null to let the first one through.</param>
    /// <param name="tags">Labels to keep with the task; null for none.</param>
    public TaskOptions(TaskRetryOptions? retry = null, IDictionary<string, string>? tags = null)
    {
        Retry = retry;
        Tags = tags;
    }

    /// <summary>Makes options equal to others.</summary>
    /// <param name="options">The others.</param>
    public TaskOptions(TaskOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Retry = options.Retry;
        Tags = options.Tags;
        Version = options.Version;
    }

    /// <summary>What to do about failures; null to let the first one through.</summary>
    public TaskRetryOptions? Retry { get; init; }

    /// <summary>Labels to keep with the task; null for none.</summary>
    public IDictionary<string, string>? Tags { get; init; }

    /// <summary>The version of the task that is called; null for the default one.</summary>
    public TaskVersion? Version { get; init; }

    /// <summary>Makes options that retry by a policy.</summary>
    /// <param name="policy">The policy.</param>
    public static TaskOptions FromRetryPolicy(RetryPolicy policy) => new(policy);

    /// <summary>Makes options that retry for as long as a handler says.</summary>
    /// <param name="handler">The handler.</param>
    public static TaskOptions FromRetryHandler(AsyncRetryHandler handler) => new(handler);

    /// <summary>Makes options that retry for as long as a handler says.</summary>
    /// <param name="handler">The handler.</param>
    public static TaskOptions FromRetryHandler(RetryHandler handler) => new(handler);

    /// <summary>Makes options for a sub-orchestrator out of these.</summary>
    /// <param name="instanceId">The id of the new instance.</param>
    public SubOrchestrationOptions WithInstanceId(string instanceId) => new(this, instanceId);
}

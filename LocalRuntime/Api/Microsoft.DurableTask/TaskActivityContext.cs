namespace Microsoft.DurableTask;

/// <summary>What an activity knows of the call that it serves.</summary>
public abstract class TaskActivityContext
{
    /// <summary>The activity's name.</summary>
    public abstract TaskName Name { get; }

    /// <summary>The id of the instance that called it.</summary>
    public abstract string InstanceId { get; }

    /// <summary>The activity's version; empty if it has none.</summary>
    public virtual string Version => "";
}

namespace DurableTask.Sqlite.Instances;

/// <summary>Refuses what instances' ids can't be.</summary>
internal static class InstanceIds
{
    /// <summary>Checks an id.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    /// <exception cref="NotSupportedException">It is an entity's.</exception>
    public static void Check(string? instanceId)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(instanceId);
        if (instanceId.StartsWith('@'))
        {
            throw new NotSupportedException(
                $"Entities are not supported by DurableTask.Sqlite, and '{instanceId}' is an entity's id. "
                + "Use an orchestration, whose id doesn't begin with '@'.");
        }
    }

    /// <summary>Says why something can't be asked of an instance.</summary>
    public static OrchestrationNotRunningException NotInState(string instanceId, InstanceRow? instance) => new(
        instance is null
            ? $"There is no orchestration with the id '{instanceId}'."
            : $"The orchestration '{instanceId}' can't do that: its status is {instance.Status}.")
    {
        Status = instance?.Status,
    };
}

namespace Microsoft.DurableTask.Client;

/// <summary>How to purge an instance.</summary>
/// <param name="Recursive">Whether its sub-orchestrations are purged too.</param>
public record PurgeInstanceOptions(bool Recursive = false);

namespace LocalRuntime.Storage;

/// <summary>A page of instances.</summary>
/// <param name="Rows">The rows, in the order of their ids.</param>
/// <param name="NextInstanceId">The id at which the next page starts, or null after the last page.</param>
public sealed record InstancePage(IReadOnlyList<InstanceRow> Rows, string? NextInstanceId);

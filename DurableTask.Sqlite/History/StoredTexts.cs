namespace DurableTask.Sqlite.History;

/// <summary>What an instance's row has, and its events therefore don't repeat.</summary>
/// <param name="InstanceId">The instance's id.</param>
/// <param name="Input">The input of its present execution.</param>
/// <param name="Output">The result with which it ended.</param>
/// <param name="Failure">The failure with which it ended, as JSON.</param>
internal sealed record StoredTexts(string InstanceId, string? Input, string? Output, string? Failure);

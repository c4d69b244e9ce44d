namespace LocalRuntime.Storage;

/// <summary>A message that becomes visible at a time.</summary>
/// <param name="InstanceId">Whose message.</param>
/// <param name="VisibleAt">When, in UTC.</param>
public sealed record DelayedMessage(string InstanceId, DateTime VisibleAt);

namespace LocalRuntime.Storage;

/// <summary>An event on its way to an instance, kept in its inbox until a turn has consumed it.</summary>
/// <param name="Id">Unique and ascending, given by the engine. An instance takes its messages in this order.</param>
/// <param name="InstanceId">The instance it is for.</param>
/// <param name="Event">The history event, as JSON.</param>
/// <param name="VisibleAt">Not before this time, in UTC; null for at once.</param>
public sealed record InstanceMessage(long Id, string InstanceId, string Event, DateTime? VisibleAt = null);

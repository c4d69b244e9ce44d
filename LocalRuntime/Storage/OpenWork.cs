namespace LocalRuntime.Storage;

/// <summary>What a store has for an engine that opens it.</summary>
/// <param name="LastInstanceKey">The highest key ever given to an instance; 0 if none was.</param>
/// <param name="LastMessageId">The highest id ever given to a message or an activity; 0 if none was.</param>
/// <param name="InstancesWithMessages">The ids of the instances that have a message which is visible at once.</param>
/// <param name="DelayedMessages">The messages that become visible later, or became so while no engine ran.</param>
/// <param name="Activities">The activities that were scheduled and have not finished.</param>
/// <param name="Timers">The timers that have not fired.</param>
public sealed record OpenWork(
    long LastInstanceKey,
    long LastMessageId,
    IReadOnlyList<string> InstancesWithMessages,
    IReadOnlyList<DelayedMessage> DelayedMessages,
    IReadOnlyList<ScheduledActivity> Activities,
    IReadOnlyList<ScheduledTimer> Timers);

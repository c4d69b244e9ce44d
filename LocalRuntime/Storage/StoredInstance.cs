namespace LocalRuntime.Storage;

/// <summary>An instance with all that it takes to replay it, as of one moment.</summary>
/// <param name="Row">Its row.</param>
/// <param name="LastTurn">The number of its last turn; 0 if it had none.</param>
/// <param name="History">Its history events, a JSON array a turn, in order.</param>
/// <param name="Inbox">The messages that no turn has consumed, in the order of their ids.</param>
/// <param name="LastMessageId">
/// The highest id that any message or activity in the store had been given by then, consumed or not, of whichever instance: a
/// message with a higher id is not in <paramref name="Inbox"/> because it was written later.
/// </param>
public sealed record StoredInstance(
    InstanceRow Row, int LastTurn, IReadOnlyList<string> History, IReadOnlyList<InstanceMessage> Inbox, long LastMessageId);

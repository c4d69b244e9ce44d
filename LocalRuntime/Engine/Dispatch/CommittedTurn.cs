using LocalRuntime.Storage;

namespace LocalRuntime.Engine.Dispatch;

/// <summary>A turn that is durable, and what is to be done about it now.</summary>
/// <param name="Turn">The turn.</param>
/// <param name="Commit">What was committed.</param>
/// <param name="Deliveries">What it has sent, to whom.</param>
internal sealed record CommittedTurn(Turn Turn, TurnCommit Commit, IReadOnlyList<(string InstanceId, Delivery Delivery)> Deliveries);

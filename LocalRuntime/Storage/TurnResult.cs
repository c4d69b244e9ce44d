namespace LocalRuntime.Storage;

/// <summary>The outcome of a committed turn.</summary>
/// <param name="RefusedChildren">The keys of the children whose id was taken: their <see cref="NewInstance.IfTaken"/> was posted instead.</param>
public sealed record TurnResult(IReadOnlyList<long> RefusedChildren);

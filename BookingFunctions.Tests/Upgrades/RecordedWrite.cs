using DurableTask.Core;
using LocalRuntime.Storage;

namespace BookingFunctions.Tests.Upgrades;

/// <summary>A write to a store of orchestrations: one of these.</summary>
internal sealed record RecordedWrite
{
    public NewInstance? Create { get; init; }

    /// <summary>The first turn of an instance that is created with it.</summary>
    public TurnCommit? Start { get; init; }

    public IReadOnlyList<OrchestrationStatus>? Replaceable { get; init; }

    public InstanceMessage? Post { get; init; }

    public TurnCommit? Commit { get; init; }

    /// <summary>The key of the instance and the id of the activity that is removed.</summary>
    public long[]? Removed { get; init; }

    public Task ApplyAsync(IOrchestrationStore store) =>
        Create is not null ? store.CreateAsync(Create, Replaceable!)
        : Start is not null ? store.StartAsync(Start, Replaceable!)
        : Post is not null ? store.PostAsync(Post)
        : Commit is not null ? store.CommitAsync(Commit)
        : store.RemoveActivityAsync(Removed![0], Removed[1]);
}

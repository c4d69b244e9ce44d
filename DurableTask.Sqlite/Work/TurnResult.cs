using DurableTask.Sqlite.Instances;

namespace DurableTask.Sqlite.Work;

/// <summary>What the write of a turn has come to.</summary>
/// <param name="IsCurrent">False if the instance was ended or replaced meanwhile: then nothing was written.</param>
/// <param name="Changes">What has changed of other instances, and of this one's inbox.</param>
/// <param name="DetachedRows">
/// The rows of the activities that nothing waits for any more, in the order of <see cref="TurnCommit.Detached"/>.
/// </param>
internal sealed record TurnResult(bool IsCurrent, IReadOnlyList<Change> Changes, IReadOnlyList<long> DetachedRows)
{
    /// <summary>The turn came too late.</summary>
    public static TurnResult Outdated { get; } = new(false, [], []);
}

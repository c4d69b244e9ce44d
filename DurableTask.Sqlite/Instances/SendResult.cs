namespace DurableTask.Sqlite.Instances;

/// <summary>What sending messages has come to.</summary>
/// <param name="Refused">The instance that can't be sent to; null if the messages were written.</param>
/// <param name="RefusedId">Its id.</param>
/// <param name="Changes">What has changed.</param>
internal sealed record SendResult(InstanceRow? Refused, string? RefusedId, IReadOnlyList<Change> Changes)
{
    /// <summary>Whether the messages were written.</summary>
    public bool IsSent => RefusedId is null;
}

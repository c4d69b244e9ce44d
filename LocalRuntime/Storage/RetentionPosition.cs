namespace LocalRuntime.Storage;

/// <summary>An instance in the order in which instances ended.</summary>
/// <param name="EndedAt">When it ended, in UTC.</param>
/// <param name="Key">Its key.</param>
internal sealed record RetentionPosition(DateTime EndedAt, long Key)
{
    /// <summary>Before all instances.</summary>
    public static RetentionPosition Start { get; } = new(DateTime.MinValue, 0);
}

namespace DurableTask.Sqlite.Retention;

/// <summary>A position among the ended instances, in the order of their ends.</summary>
/// <param name="EndedAt">When the last of them ended, in UTC.</param>
/// <param name="Key">Its key.</param>
internal sealed record RetentionPosition(DateTime EndedAt, long Key)
{
    /// <summary>Before the first.</summary>
    public static RetentionPosition Start { get; } = new(DateTime.MinValue, 0);
}

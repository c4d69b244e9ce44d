namespace Microsoft.DurableTask;

/// <summary>A part of a longer list.</summary>
/// <typeparam name="T">The type of what the list holds.</typeparam>
public sealed class Page<T>
    where T : notnull
{
    /// <summary>Makes a page.</summary>
    /// <param name="values">What is on the page, in order; may be empty.</param>
    /// <param name="continuationToken">Where the next page begins; null if this is the last one.</param>
    public Page(IReadOnlyList<T> values, string? continuationToken = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        Values = values;
        ContinuationToken = continuationToken;
    }

    /// <summary>What is on the page, in order; may be empty, even if there are more pages.</summary>
    public IReadOnlyList<T> Values { get; }

    /// <summary>Where the next page begins; null if this is the last one.</summary>
    public string? ContinuationToken { get; }
}

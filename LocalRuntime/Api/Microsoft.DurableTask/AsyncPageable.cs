namespace Microsoft.DurableTask;

/// <summary>A list that is fetched page by page while it is read.</summary>
/// <typeparam name="T">The type of what the list holds.</typeparam>
public abstract class AsyncPageable<T> : IAsyncEnumerable<T>
    where T : notnull
{
    /// <summary>Reads the list page by page.</summary>
    /// <param name="continuationToken">Where to begin, from an earlier page; null for the beginning.</param>
    /// <param name="pageSizeHint">About how much a page should hold; null leaves that to the source.</param>
    public abstract IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null);

    /// <summary>Reads the list one by one, from the beginning.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        await foreach (var page in AsPages().WithCancellation(cancellationToken))
        {
            foreach (var value in page.Values)
            {
                yield return value;
            }
        }
    }
}

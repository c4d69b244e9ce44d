using System.Runtime.CompilerServices;

namespace Microsoft.DurableTask;

/// <summary>Makes lists that are fetched page by page.</summary>
public static class Pageable
{
    /// <summary>Makes a list of a function that fetches a page.</summary>
    /// <typeparam name="T">The type of what the list holds.</typeparam>
    /// <param name="pageFunc">Fetches the page that begins at a continuation token; null for the first one.</param>
    public static AsyncPageable<T> Create<T>(Func<string?, CancellationToken, Task<Page<T>>> pageFunc)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(pageFunc);
        return new FunctionPageable<T>((token, _, cancellation) => pageFunc(token, cancellation));
    }

    /// <summary>Makes a list of a function that fetches a page.</summary>
    /// <typeparam name="T">The type of what the list holds.</typeparam>
    /// <param name="pageFunc">
    /// Fetches the page that begins at a continuation token (null for the first one), of about a size (null for any).
    /// </param>
    public static AsyncPageable<T> Create<T>(Func<string?, int?, CancellationToken, Task<Page<T>>> pageFunc)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(pageFunc);
        return new FunctionPageable<T>(pageFunc);
    }

    private sealed class FunctionPageable<T>(Func<string?, int?, CancellationToken, Task<Page<T>>> fetch) : AsyncPageable<T>
        where T : notnull
    {
        public override IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null) =>
            ReadAsync(continuationToken, pageSizeHint);

        private async IAsyncEnumerable<Page<T>> ReadAsync(
            string? token, int? size, [EnumeratorCancellation] CancellationToken cancellation = default)
        {
            do
            {
                var page = await fetch(token, size, cancellation);
                yield return page;
                token = page.ContinuationToken;
            }
            while (token is not null);
        }
    }
}

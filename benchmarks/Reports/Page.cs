namespace BookingFunctions.Benchmarks.Reports;

/// <summary>A Markdown page some parts of which are figures: between <c>&lt;!-- name --&gt;</c> and <c>&lt;!-- end of name --&gt;</c>.</summary>
internal static class Page
{
    /// <summary>Replaces a part.</summary>
    /// <param name="text">The page.</param>
    /// <param name="name">The part's name.</param>
    /// <param name="content">What it is to have.</param>
    /// <exception cref="InvalidOperationException">The page has no such part.</exception>
    public static string Replace(string text, string name, string content)
    {
        var (begin, end) = ($"<!-- {name} -->", $"<!-- end of {name} -->");
        var from = text.IndexOf(begin, StringComparison.Ordinal);
        var to = text.IndexOf(end, StringComparison.Ordinal);
        return from < 0 || to < from
            ? throw new InvalidOperationException($"The page has no part from '{begin}' to '{end}'.")
            : $"{text[..(from + begin.Length)]}\n{content}\n{text[to..]}";
    }
}

namespace BookingFunctions.Web;

/// <summary>A file that a browser gets.</summary>
/// <param name="Content">What is in it.</param>
/// <param name="MediaType">What it is.</param>
/// <param name="Hash">A hash of the content: it becomes the entity tag.</param>
public sealed record SiteFile(ReadOnlyMemory<byte> Content, string MediaType, string Hash)
{
    /// <summary>Whether it is a page, with an address of its own, and not what a page loads.</summary>
    public bool IsPage => MediaType.StartsWith("text/html", StringComparison.Ordinal);
}

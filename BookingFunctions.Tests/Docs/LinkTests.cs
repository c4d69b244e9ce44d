using System.Text.RegularExpressions;
using BookingFunctions.Tests.Infra;

namespace BookingFunctions.Tests.Docs;

public sealed partial class LinkTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(BicepCompiler.Folder, ".."));

    [Fact]
    public void Every_link_of_a_page_has_its_file_and_heading()
    {
        var pages = Directory.GetFiles(Root, "*.md")
            .Concat(Directory.GetFiles(Path.Combine(Root, "docs"), "*.md"))
            .Concat(Directory.GetDirectories(Root).Select(folder => Path.Combine(folder, "README.md")).Where(File.Exists))
            .Append(Path.Combine(Root, "BookingFunctions.Tests", "Backends", "README.md"));

        var broken = pages.SelectMany(page => Link().Matches(Prose(page))
            .Select(link => link.Groups["to"].Value)
            .Where(link => !link.StartsWith("http", StringComparison.Ordinal) && !Exists(page, link))
            .Select(link => $"{Path.GetRelativePath(Root, page)}: {link}"));

        Assert.Empty(broken);
    }

    private static bool Exists(string page, string link)
    {
        var parts = link.Split('#', 2);
        var target = parts[0].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, parts[0]);
        return parts.Length == 1
            ? File.Exists(target) || Directory.Exists(target)
            : File.Exists(target) && Heading().Matches(Prose(target)).Any(heading => Anchor(heading.Groups["text"].Value) == parts[1]);
    }

    // As GitHub makes it.
    private static string Anchor(string heading) =>
        NotInAnchors().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    private static string Prose(string page) => Code().Replace(File.ReadAllText(page), "");

    [GeneratedRegex(@"^ *```.*?^ *```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();
}

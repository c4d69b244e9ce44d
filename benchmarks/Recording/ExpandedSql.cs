using System.Globalization;

namespace BookingFunctions.Benchmarks.Recording;

/// <summary>Reads what SQLite's trace says a statement was, values included, back into the statement's text and its values.</summary>
internal static class ExpandedSql
{
    /// <summary>Finds the text that was run.</summary>
    /// <param name="texts">Those that there are.</param>
    /// <param name="expanded">What was traced.</param>
    public static RecordedStatement Read(IEnumerable<string> texts, string expanded) =>
        texts.Select(text => Match(text, expanded)).OfType<RecordedStatement>().FirstOrDefault()
        ?? throw new InvalidOperationException($"No prepared statement reads like: {expanded}");

    private static RecordedStatement? Match(string text, string expanded)
    {
        SortedDictionary<int, object?> values = [];
        var at = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '?')
            {
                if (at >= expanded.Length || expanded[at++] != text[i])
                {
                    return null;
                }

                continue;
            }

            var digits = text[(i + 1)..].TakeWhile(char.IsAsciiDigit).Count();
            var number = digits == 0 ? values.Keys.LastOrDefault() + 1 : int.Parse(text.AsSpan(i + 1, digits), CultureInfo.InvariantCulture);
            i += digits;
            if (!TryRead(expanded, ref at, out var value))
            {
                return null;
            }

            values[number] = value;
        }

        return at == expanded.Length ? new RecordedStatement(text, [.. values.Values]) : null;
    }

    private static bool TryRead(string expanded, ref int at, out object? value)
    {
        value = null;
        if (string.CompareOrdinal(expanded, at, "NULL", 0, 4) == 0)
        {
            at += 4;
            return true;
        }

        if (at < expanded.Length && expanded[at] == '\'')
        {
            var end = at + 1;
            while (expanded[end] != '\'' || (end + 1 < expanded.Length && expanded[end + 1] == '\''))
            {
                end += expanded[end] == '\'' ? 2 : 1;
            }

            value = expanded[(at + 1)..end].Replace("''", "'", StringComparison.Ordinal);
            at = end + 1;
            return true;
        }

        var length = expanded.Skip(at).TakeWhile(character => char.IsAsciiDigit(character) || character == '-').Count();
        var isNumber = long.TryParse(expanded.AsSpan(at, length), NumberStyles.Integer, CultureInfo.InvariantCulture, out var read);
        value = read;
        at += length;
        return isNumber;
    }
}

using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace BookingFunctions.Http.Starting;

/// <summary>Reads <c>Prefer: wait=N</c> (RFC 7240): a client that would rather wait for the outcome than come back for it.</summary>
public static class PreferWait
{
    /// <summary>The longest wait, in seconds. Longer ones are cut to it.</summary>
    public const int MaxSeconds = 60;

    /// <summary>Finds the preference. What isn't understood is ignored, as preferences are.</summary>
    /// <param name="headers">The request's <c>Prefer</c> headers.</param>
    /// <returns>The seconds to wait, from 0 to 60, or null if the client doesn't say.</returns>
    public static int? Read(StringValues headers)
    {
        foreach (var preference in headers.SelectMany(header => Split(header ?? "", ',')))
        {
            // A preference may have parameters after a semicolon; "wait" has none.
            var pair = Split(preference, ';')[0].Split('=', 2, StringSplitOptions.TrimEntries);
            if (pair[0].Equals("wait", StringComparison.OrdinalIgnoreCase))
            {
                return pair.Length == 2 ? Seconds(pair[1].Trim('"')) : null; // only the first of its name counts
            }
        }

        return null;
    }

    private static int? Seconds(string text)
    {
        if (text.Length == 0 || !text.All(char.IsAsciiDigit))
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? Math.Min(seconds, MaxSeconds)
            : MaxSeconds; // more than an int holds
    }

    private static List<string> Split(string text, char separator)
    {
        var parts = new List<string>();
        var (start, quoted) = (0, false);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                quoted = !quoted;
            }
            else if (text[i] == '\\' && quoted)
            {
                i++;
            }
            else if (text[i] == separator && !quoted)
            {
                parts.Add(text[start..i].Trim());
                start = i + 1;
            }
        }

        parts.Add(text[start..].Trim());
        return parts;
    }
}

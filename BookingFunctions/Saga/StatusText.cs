using System.Globalization;
using System.Text.Encodings.Web;

namespace BookingFunctions.Saga;

/// <summary>Cuts texts to a size that fits into a custom status, of which Azure allows 16 KB of UTF-16: 8192 characters of JSON.</summary>
public static class StatusText
{
    /// <summary>Cuts a text if its JSON is too long, and says so at its end.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxBytes">How many bytes it may take as a JSON string without its quotes, from 64.</param>
    public static string Cut(string text, int maxBytes)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 64);
        if (Fits(text, maxBytes))
        {
            return text;
        }

        var mark = string.Create(CultureInfo.InvariantCulture, $"... [cut: {text.Length} characters in all]");
        var (fits, tooLong) = (0, Math.Min(text.Length, maxBytes));
        while (tooLong - fits > 1)
        {
            var middle = (fits + tooLong) / 2;
            if (Fits(text[..middle], maxBytes - mark.Length))
            {
                fits = middle;
            }
            else
            {
                tooLong = middle;
            }
        }

        if (fits > 0 && char.IsHighSurrogate(text[fits - 1]))
        {
            fits--;
        }

        return text[..fits] + mark;
    }

    // JSON escapes what isn't ASCII, so its bytes are its characters, and none takes less than one.
    private static bool Fits(string text, int maxBytes) =>
        text.Length <= maxBytes && JavaScriptEncoder.Default.Encode(text).Length <= maxBytes;
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BookingFunctions.Storage;

/// <summary>Makes keys of entities.</summary>
internal static class TableKeys
{
    /// <summary>
    /// Writes a text so that any key may have it: keys can't have slashes, '#', '?' and control characters, so all but the
    /// plainest are written as _ and their code.
    /// </summary>
    public static string Escape(string text)
    {
        var key = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '-' or '.')
            {
                key.Append(c);
            }
            else
            {
                key.Append(CultureInfo.InvariantCulture, $"_{(int)c:x4}");
            }
        }

        return key.ToString();
    }

    /// <summary>Stands for a text that is too long for a key, and spreads what has it: 64 hexadecimal digits.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

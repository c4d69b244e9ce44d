using System.Buffers.Text;
using System.Text;

namespace DurableTask.Sqlite.Queries;

/// <summary>Says where the next page of a query begins.</summary>
internal static class ContinuationToken
{
    /// <summary>Makes a token.</summary>
    /// <param name="lastId">The last id of the page.</param>
    public static string Write(string lastId) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(lastId));

    /// <summary>Reads a token.</summary>
    /// <param name="token">The token; null or empty for the first page.</param>
    /// <returns>The last id of the page before; null for the first page.</returns>
    /// <exception cref="ArgumentException">It is no token of a query.</exception>
    public static string? Read(string? token)
    {
        if (string.IsNullOrEmpty(token))
        {
            return null;
        }

        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Base64Url.DecodeFromChars(token));
        }
        catch (Exception exception) when (exception is FormatException or DecoderFallbackException)
        {
            throw new ArgumentException(
                $"'{token}' is no continuation token: pass the one of the page before, or none for the first page.", exception);
        }
    }
}

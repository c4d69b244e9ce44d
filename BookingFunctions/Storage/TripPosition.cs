using System.Buffers.Text;
using System.Globalization;
using System.Text;
using BookingFunctions.Trips.Listing;

namespace BookingFunctions.Storage;

/// <summary>A trip's place in the list: newest first, and trips of one moment by their ids.</summary>
/// <param name="CreatedAt">When the trip was ordered, in UTC.</param>
/// <param name="Id">The trip's id.</param>
public sealed record TripPosition(DateTime CreatedAt, string Id)
{
    /// <summary>The place of a trip.</summary>
    /// <param name="entry">The trip.</param>
    public static TripPosition Of(TripRow entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new(entry.CreatedAt.UtcDateTime, entry.Id);
    }

    /// <summary>Reads a continuation token.</summary>
    /// <param name="token">The token, or null.</param>
    /// <returns>The place of the last trip that was listed, or null if nothing was.</returns>
    /// <exception cref="ArgumentException">The token was not made by <see cref="ToToken"/>.</exception>
    public static TripPosition? FromToken(string? token)
    {
        if (token is null)
        {
            return null;
        }

        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Base64Url.DecodeFromChars(token));
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0
                && colon < text.Length - 1
                && long.TryParse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
                && ticks <= DateTime.MaxValue.Ticks)
            {
                return new TripPosition(new DateTime(ticks, DateTimeKind.Utc), text[(colon + 1)..]);
            }
        }
        catch (Exception e) when (e is FormatException or DecoderFallbackException)
        {
            // As any other token that is none of ours.
        }

        throw new ArgumentException(
            "The continuation token can't be read. Pass it as it was answered, or none for the first page.", nameof(token));
    }

    /// <summary>Writes it as a continuation token: letters, digits, <c>-</c> and <c>_</c>.</summary>
    public string ToToken() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{CreatedAt.Ticks}:{Id}")));
}

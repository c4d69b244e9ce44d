using System.Globalization;
using System.Net.Http.Headers;

namespace BookingFunctions.Travel.Suppliers;

/// <summary>Reads <c>Retry-After</c>: seconds, or a date.</summary>
public static class RetryAfterHeader
{
    private const string Name = "Retry-After";

    /// <summary>How long a supplier asks to be left alone.</summary>
    /// <param name="headers">The answer's headers.</param>
    /// <param name="now">What a date is compared with.</param>
    /// <returns>The wait; null if there is none that can be read.</returns>
    public static TimeSpan? Read(HttpResponseHeaders headers, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(headers);

        // .NET's own reader takes no seconds beyond 32 bits.
        if (headers.NonValidated.TryGetValues(Name, out var values)
            && values.ToString().Trim() is { Length: > 0 } text && text.All(char.IsAsciiDigit))
        {
            return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                && seconds < RetryHint.Longest.TotalSeconds
                    ? TimeSpan.FromSeconds(seconds)
                    : RetryHint.Longest;
        }

        return headers.RetryAfter?.Date - now;
    }
}

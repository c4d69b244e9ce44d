using System.Globalization;
using System.Text.RegularExpressions;

namespace BookingFunctions.Travel;

/// <summary>
/// How long a provider asked to be left alone, as the last words of its failure's message: of an activity's failure, an
/// orchestrator gets the type and the message and, on some hosts, nothing else.
/// </summary>
public static partial class RetryHint
{
    /// <summary>The longest wait that is asked of a trip, whatever the provider says: a day.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>Ends a message with the hint.</summary>
    /// <param name="message">The message.</param>
    /// <param name="retryAfter">The wait; null, zero and less leave the message as it is. It is rounded up to whole seconds.</param>
    public static string AddTo(string message, TimeSpan? retryAfter)
    {
        if (retryAfter is not { } wait || wait <= TimeSpan.Zero)
        {
            return message;
        }

        var seconds = (long)Math.Ceiling((wait < Longest ? wait : Longest).TotalSeconds);
        return string.Create(CultureInfo.InvariantCulture, $"{message} Retry after {seconds} s.");
    }

    /// <summary>Reads the hint that a message ends with.</summary>
    /// <param name="message">The message.</param>
    /// <returns>The wait, at most <see cref="Longest"/>; zero if there is none.</returns>
    public static TimeSpan Read(string? message)
    {
        var match = Hint().Match(message ?? "");
        return match.Success
            ? TimeSpan.FromSeconds(
                Math.Min(long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), (long)Longest.TotalSeconds))
            : TimeSpan.Zero;
    }

    [GeneratedRegex(@" Retry after ([0-9]{1,9}) s\.\z", RegexOptions.CultureInvariant)]
    private static partial Regex Hint();
}

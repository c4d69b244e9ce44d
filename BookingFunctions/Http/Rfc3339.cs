using System.Globalization;
using System.Text.RegularExpressions;

namespace BookingFunctions.Http;

/// <summary>Times as RFC 3339 writes them; .NET has no leap seconds, no year 0 and no offset above 14 hours.</summary>
internal static partial class Rfc3339
{
    private const long TicksOf400Years = 146_097 * TimeSpan.TicksPerDay;

    /// <summary>Reads a time.</summary>
    /// <param name="text">The time.</param>
    /// <returns>
    /// The time in UTC, without what is below 100 ns; a leap second as the instant after it, and what lies outside .NET's years as their
    /// first or last instant. Null if the text is no time.
    /// </returns>
    public static DateTimeOffset? Parse(string text)
    {
        if (Form().Match(text) is not { Success: true } time)
        {
            return null;
        }

        var (year, month, day) = (Part("year"), Part("month"), Part("day"));
        var (hour, minute, second) = (Part("hour"), Part("minute"), Part("second"));
        var (offsetHour, offsetMinute) = (Part("offsetHour"), Part("offsetMinute"));

        // The calendar repeats every 400 years.
        var known = year == 0 ? 400 : year;
        if (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(known, month)
            || hour > 23 || minute > 59 || second > 60 || offsetHour > 23 || offsetMinute > 59)
        {
            return null;
        }

        var offset = new TimeSpan(offsetHour, offsetMinute, 0).Ticks * (time.Groups["sign"].Value == "-" ? -1 : 1);
        var utcMinute = new DateTime(known, month, day, hour, minute, 0).Ticks - (year == 0 ? TicksOf400Years : 0) - offset;
        if (second == 60)
        {
            var nextMinute = utcMinute + TimeSpan.TicksPerMinute;
            return nextMinute % TimeSpan.TicksPerDay == 0 ? At(nextMinute) : null;
        }

        var fraction = time.Groups["fraction"].Value.PadRight(7, '0')[..7];
        return At(utcMinute + (second * TimeSpan.TicksPerSecond) + int.Parse(fraction, CultureInfo.InvariantCulture));

        int Part(string name) => time.Groups[name] is { Success: true } part ? int.Parse(part.ValueSpan, CultureInfo.InvariantCulture) : 0;
    }

    private static DateTimeOffset At(long ticks) =>
        new(Math.Clamp(ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks), TimeSpan.Zero);

    [GeneratedRegex(
        @"\A(?<year>[0-9]{4})-(?<month>[0-9]{2})-(?<day>[0-9]{2})T(?<hour>[0-9]{2}):(?<minute>[0-9]{2}):(?<second>[0-9]{2})"
        + @"(\.(?<fraction>[0-9]+))?(Z|(?<sign>[+-])(?<offsetHour>[0-9]{2}):(?<offsetMinute>[0-9]{2}))\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}

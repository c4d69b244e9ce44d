using System.Text;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace BookingFunctions.Telemetry;

/// <summary>
/// Replaces exceptions in exported log lines by their types and stack traces: their texts may name travelers, or be a supplier's.
/// </summary>
internal sealed class LogRedaction : BaseProcessor<LogRecord>
{
    /// <inheritdoc/>
    public override void OnEnd(LogRecord data)
    {
        if (data.Exception is not { } exception)
        {
            return;
        }

        data.Exception = null;
        data.Attributes =
        [
            .. data.Attributes ?? [],
            new("exception.type", exception.GetType().FullName),
            new("exception.stacktrace", Describe(exception)),
        ];
    }

    private static string Describe(Exception exception)
    {
        var text = new StringBuilder();
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            text.Append(cause.GetType().FullName).Append('\n').Append(cause.StackTrace).Append('\n');
        }

        return text.ToString();
    }
}

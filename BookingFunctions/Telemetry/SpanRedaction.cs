using System.Diagnostics;
using BookingFunctions.Trips;
using OpenTelemetry;

namespace BookingFunctions.Telemetry;

/// <summary>Takes keys, names, whole instance ids and the texts of failures out of spans before they are exported.</summary>
internal sealed class SpanRedaction : BaseProcessor<Activity>
{
    private static readonly string[] InstanceTags = ["durabletask.task.instance_id", "durabletask.event.target_instance_id"];

    /// <inheritdoc/>
    public override void OnEnd(Activity data)
    {
        foreach (var tag in InstanceTags)
        {
            if (data.GetTagItem(tag) is string { Length: > 0 } id)
            {
                data.SetTag(tag, TripId.InLogs(id));
            }
        }

        RedactAddresses(data);

        // The text of a failure is what a function has thrown; its type is in the log.
        if (data.StatusDescription is not null)
        {
            data.SetStatus(ActivityStatusCode.Unset);
            data.SetStatus(ActivityStatusCode.Error);
        }
    }

    // Paths have ids in them, queries have keys and names, and a webhook's address may have a password.
    private static void RedactAddresses(Activity span)
    {
        if (span.GetTagItem("url.full") is string address)
        {
            span.SetTag(
                "url.full",
                Uri.TryCreate(address, UriKind.Absolute, out var url)
                    ? url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)
                    : null);
        }

        if (span.GetTagItem("url.path") is not null)
        {
            span.SetTag("url.path", span.GetTagItem("http.route") is string route ? $"/{route.TrimStart('/')}" : null);
            span.SetTag("url.query", null);
        }
    }
}

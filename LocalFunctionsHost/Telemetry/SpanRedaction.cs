using System.Diagnostics;
using LocalFunctionsHost.Management;

namespace LocalFunctionsHost.Telemetry;

/// <summary>
/// Takes whole instance ids and the texts of failures out of spans when they end, before they are exported: it has to be made before the
/// exporter listens. It makes no span be recorded itself.
/// </summary>
internal sealed class SpanRedaction : IDisposable
{
    private const string FrameworkSource = "DurableTask.Core";
    private const string WebSource = "Microsoft.AspNetCore";
    private const string PathTag = "url.path";
    private const string RouteTag = "http.route";

    private static readonly string[] InstanceTags = ["durabletask.task.instance_id", "durabletask.event.target_instance_id"];

    private readonly Func<string, string> nameInLogs;
    private readonly ActivityListener listener;

    /// <param name="nameInLogs">What an instance is called, made of its id.</param>
    public SpanRedaction(Func<string, string> nameInLogs)
    {
        this.nameInLogs = nameInLogs;
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is FrameworkSource or WebSource,
            Sample = (ref _) => ActivitySamplingResult.None,
            ActivityStopped = Redact,
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <inheritdoc/>
    public void Dispose() => listener.Dispose();

    private void Redact(Activity span)
    {
        if (span.Source.Name == WebSource)
        {
            RedactPath(span);
            return;
        }

        foreach (var tag in InstanceTags)
        {
            if (span.GetTagItem(tag) is string { Length: > 0 } id)
            {
                span.SetTag(tag, nameInLogs(id));
            }
        }

        // The text of a failure is what a function has thrown; its type is in the log.
        if (span.Status == ActivityStatusCode.Error && span.StatusDescription is not null)
        {
            span.SetStatus(ActivityStatusCode.Unset);
            span.SetStatus(ActivityStatusCode.Error);
        }
    }

    // Paths have ids in them; what they are for is said by the route.
    private static void RedactPath(Activity span)
    {
        if (span.GetTagItem(PathTag) is not string path)
        {
            return;
        }

        if (span.GetTagItem(RouteTag) is string route)
        {
            span.SetTag(PathTag, route.StartsWith('/') ? route : "/" + route);
        }
        else if (path.StartsWith(ManagementApi.BasePath, StringComparison.OrdinalIgnoreCase))
        {
            span.SetTag(PathTag, ManagementApi.BasePath);
        }
    }
}

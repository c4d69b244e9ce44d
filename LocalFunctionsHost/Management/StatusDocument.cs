using System.Globalization;
using System.Text.Json.Nodes;
using DurableTask.Core;

namespace LocalFunctionsHost.Management;

/// <summary>An instance's status as the management API shows it.</summary>
internal static class StatusDocument
{
    /// <param name="state">The instance, with its input and output.</param>
    /// <param name="showInput">Whether the input is shown; otherwise it is null.</param>
    /// <param name="history">Its history, or null if it isn't shown.</param>
    public static JsonObject Create(OrchestrationState state, bool showInput, JsonArray? history = null)
    {
        var document = new JsonObject { ["name"] = state.Name };
        if (!string.IsNullOrEmpty(state.Version))
        {
            document["version"] = state.Version;
        }

        document["instanceId"] = state.OrchestrationInstance.InstanceId;
        if (state.ParentInstance?.OrchestrationInstance?.InstanceId is { Length: > 0 } parent)
        {
            document["parentInstanceId"] = parent;
        }

        document["runtimeStatus"] = state.OrchestrationStatus.ToString();
        document["input"] = showInput ? Payloads.Show(state.Input) : null;
        document["customStatus"] = Payloads.Show(state.Status);
        document["output"] = Payloads.Show(state.Output);
        document["createdTime"] = Time(state.CreatedTime);
        document["lastUpdatedTime"] = Time(state.LastUpdatedTime);
        if (history is not null)
        {
            document["historyEvents"] = history;
        }

        return document;
    }

    private static string Time(DateTime time) => time.ToString("s", CultureInfo.InvariantCulture) + "Z";
}

using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.DurableTask.Client;

namespace LocalFunctionsHost.Management;

/// <summary>An instance's status as the management API shows it.</summary>
internal static class StatusDocument
{
    /// <param name="instance">The instance, with its input and output.</param>
    /// <param name="showInput">Whether the input is shown; otherwise it is null.</param>
    /// <param name="history">Its history, or null if it isn't shown.</param>
    public static JsonObject Create(OrchestrationMetadata instance, bool showInput, JsonArray? history = null)
    {
        var document = new JsonObject
        {
            ["name"] = instance.Name,
            ["instanceId"] = instance.InstanceId,
            ["runtimeStatus"] = instance.RuntimeStatus.ToString(),
            ["input"] = showInput ? Payloads.Show(instance.SerializedInput) : null,
            ["customStatus"] = Payloads.Show(instance.SerializedCustomStatus),
            ["output"] = Payloads.Show(instance.SerializedOutput),
            ["createdTime"] = Time(instance.CreatedAt),
            ["lastUpdatedTime"] = Time(instance.LastUpdatedAt),
        };
        if (history is not null)
        {
            document["historyEvents"] = history;
        }

        return document;
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("s", CultureInfo.InvariantCulture) + "Z";
}

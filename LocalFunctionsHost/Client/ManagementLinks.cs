using System.Net;
using System.Text.Json.Nodes;

namespace LocalFunctionsHost.Client;

/// <summary>The addresses under which an instance is managed, as the management API answers them.</summary>
/// <param name="hubName">The task hub's name, which appears in the addresses.</param>
/// <param name="key">The key that the addresses carry, as on Azure; any text if no keys are set.</param>
internal sealed class ManagementLinks(string hubName, string key)
{
    /// <summary>The path of the management API.</summary>
    public const string BasePath = "/runtime/webhooks/durabletask";

    private readonly string code = $"code={Uri.EscapeDataString(key)}";

    /// <summary>The task hub's name.</summary>
    public string HubName => hubName;

    /// <summary>The query of the addresses that <c>DurableTaskClient.CreateHttpManagementPayload</c> gives.</summary>
    public string ClientQuery => code;

    /// <summary>The address of an instance's status.</summary>
    /// <param name="baseUrl">The address that the caller used, without a slash at its end.</param>
    /// <param name="instanceId">The instance's id.</param>
    public string Status(string baseUrl, string instanceId) => $"{Instance(baseUrl, instanceId)}?{Query}";

    /// <summary>The addresses of an instance.</summary>
    /// <param name="baseUrl">The address that the caller used, without a slash at its end.</param>
    /// <param name="instanceId">The instance's id.</param>
    public JsonObject Create(string baseUrl, string instanceId)
    {
        var instance = Instance(baseUrl, instanceId);
        return new JsonObject
        {
            ["id"] = instanceId,
            ["statusQueryGetUri"] = $"{instance}?{Query}",
            ["sendEventPostUri"] = $"{instance}/raiseEvent/{{eventName}}?{Query}",
            ["terminatePostUri"] = $"{instance}/terminate?reason={{text}}&{Query}",
            ["purgeHistoryDeleteUri"] = $"{instance}?{Query}",
            ["restartPostUri"] = $"{instance}/restart?{Query}",
            ["suspendPostUri"] = $"{instance}/suspend?reason={{text}}&{Query}",
            ["resumePostUri"] = $"{instance}/resume?reason={{text}}&{Query}",
        };
    }

    private string Query => $"taskHub={WebUtility.UrlEncode(hubName)}&connection=Storage&{code}";

    private static string Instance(string baseUrl, string instanceId) =>
        $"{baseUrl}{BasePath}/instances/{Uri.EscapeDataString(instanceId)}";
}

using System.Net;
using Microsoft.Azure.Functions.Worker;

namespace LocalFunctionsHost.Management;

/// <summary>Makes the addresses under which an instance is managed.</summary>
/// <param name="hubName">The task hub's name, which appears in the addresses.</param>
/// <param name="key">The key that the addresses carry, as on Azure; anything if none is asked for.</param>
internal sealed class ManagementLinks(string hubName, string key)
{
    /// <summary>The payload that <c>DurableTaskClient.CreateHttpManagementPayload</c> gives.</summary>
    /// <param name="baseUrl">The host's address, without a slash at its end.</param>
    /// <param name="instanceId">The instance's id.</param>
    /// <param name="key">The key that the addresses carry.</param>
    public static HttpManagementPayload ForClient(string baseUrl, string instanceId, string key)
    {
        var (instance, code) = (Instance(baseUrl, instanceId), Code(key));

        // The doubled braces are what the Azure worker gives.
        return new HttpManagementPayload
        {
            Id = instanceId,
            StatusQueryGetUri = $"{instance}?{code}",
            SendEventPostUri = $"{instance}/raiseEvent/{{eventName}}?{code}",
            TerminatePostUri = $"{instance}/terminate?reason={{{{text}}}}&{code}",
            PurgeHistoryDeleteUri = $"{instance}?{code}",
            SuspendPostUri = $"{instance}/suspend?reason={{{{text}}}}&{code}",
            ResumePostUri = $"{instance}/resume?reason={{{{text}}}}&{code}",
        };
    }

    /// <summary>The payload that the management API itself answers.</summary>
    /// <param name="baseUrl">The address that the caller used, without a slash at its end.</param>
    /// <param name="instanceId">The instance's id.</param>
    public HttpManagementPayload ForCaller(string baseUrl, string instanceId)
    {
        var instance = Instance(baseUrl, instanceId);
        var query = $"taskHub={WebUtility.UrlEncode(hubName)}&connection=Storage&{Code(key)}";
        return new HttpManagementPayload
        {
            Id = instanceId,
            StatusQueryGetUri = $"{instance}?{query}",
            SendEventPostUri = $"{instance}/raiseEvent/{{eventName}}?{query}",
            TerminatePostUri = $"{instance}/terminate?reason={{text}}&{query}",
            PurgeHistoryDeleteUri = $"{instance}?{query}",
            RestartPostUri = $"{instance}/restart?{query}",
            SuspendPostUri = $"{instance}/suspend?reason={{text}}&{query}",
            ResumePostUri = $"{instance}/resume?reason={{text}}&{query}",
        };
    }

    private static string Code(string key) => $"code={Uri.EscapeDataString(key)}";

    private static string Instance(string baseUrl, string instanceId) =>
        $"{baseUrl}{ManagementApi.BasePath}/instances/{Uri.EscapeDataString(instanceId)}";
}

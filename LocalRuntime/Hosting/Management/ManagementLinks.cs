using System.Net;
using Microsoft.Azure.Functions.Worker;

namespace LocalRuntime.Hosting.Management;

/// <summary>Makes the addresses under which an instance is managed.</summary>
/// <param name="hubName">The task hub's name, which appears in the addresses.</param>
internal sealed class ManagementLinks(string hubName)
{
    // On Azure a key stands here, without which the calls are refused. This host only listens on loopback and has no keys.
    private const string Code = "code=local";

    /// <summary>The payload that <c>DurableTaskClient.CreateHttpManagementPayload</c> gives.</summary>
    /// <param name="baseUrl">The host's address, without a slash at its end.</param>
    /// <param name="instanceId">The instance's id.</param>
    public static HttpManagementPayload ForClient(string baseUrl, string instanceId)
    {
        var instance = Instance(baseUrl, instanceId);

        // The doubled braces are what the Azure worker gives.
        return new HttpManagementPayload
        {
            Id = instanceId,
            StatusQueryGetUri = $"{instance}?{Code}",
            SendEventPostUri = $"{instance}/raiseEvent/{{eventName}}?{Code}",
            TerminatePostUri = $"{instance}/terminate?reason={{{{text}}}}&{Code}",
            PurgeHistoryDeleteUri = $"{instance}?{Code}",
            SuspendPostUri = $"{instance}/suspend?reason={{{{text}}}}&{Code}",
            ResumePostUri = $"{instance}/resume?reason={{{{text}}}}&{Code}",
        };
    }

    /// <summary>The payload that the management API itself answers.</summary>
    /// <param name="baseUrl">The address that the caller used, without a slash at its end.</param>
    /// <param name="instanceId">The instance's id.</param>
    public HttpManagementPayload ForCaller(string baseUrl, string instanceId)
    {
        var instance = Instance(baseUrl, instanceId);
        var query = $"taskHub={WebUtility.UrlEncode(hubName)}&connection=Storage&{Code}";
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

    private static string Instance(string baseUrl, string instanceId) =>
        $"{baseUrl}{ManagementApi.BasePath}/instances/{Uri.EscapeDataString(instanceId)}";
}

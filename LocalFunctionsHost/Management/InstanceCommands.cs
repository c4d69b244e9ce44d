using System.Text.Json;
using DurableTask.Core;
using LocalFunctionsHost.Client;
using LocalFunctionsHost.Http;
using Microsoft.AspNetCore.Http;

namespace LocalFunctionsHost.Management;

/// <summary>The calls that send an instance something. One that has ended answers 410.</summary>
internal sealed class InstanceCommands(LocalDurableTaskClient client)
{
    public async Task RaiseEventAsync(HttpContext http, string id, string eventName)
    {
        if (await FindOpenAsync(http, id) is null)
        {
            return;
        }

        if (!string.Equals(MediaType(http.Request), "application/json", StringComparison.OrdinalIgnoreCase))
        {
            await ManagementAnswer.WriteErrorAsync(
                http, StatusCodes.Status400BadRequest, "Only application/json request content is supported");
            return;
        }

        JsonElement payload;
        try
        {
            payload = await JsonContent.ReadAsync(http);
        }
        catch (JsonException e)
        {
            await ManagementAnswer.WriteErrorAsync(http, StatusCodes.Status400BadRequest, "Invalid JSON content", e);
            return;
        }

        await client.RaiseEventAsync(id, eventName, payload, http.RequestAborted);
        await ManagementAnswer.WriteAsync(http, StatusCodes.Status202Accepted);
    }

    public async Task TerminateAsync(HttpContext http, string id)
    {
        if (await FindOpenAsync(http, id) is not null)
        {
            await client.TerminateAsync(id, Reason(http), isRecursive: false, http.RequestAborted);
            await ManagementAnswer.WriteAsync(http, StatusCodes.Status202Accepted);
        }
    }

    public async Task SuspendAsync(HttpContext http, string id)
    {
        if (await FindOpenAsync(http, id) is not { } state)
        {
            return;
        }

        if (state.OrchestrationStatus == OrchestrationStatus.Suspended)
        {
            await RefuseAsync(http, "suspend", state);
            return;
        }

        await client.SuspendInstanceAsync(id, Reason(http), http.RequestAborted);
        await ManagementAnswer.WriteAsync(http, StatusCodes.Status202Accepted);
    }

    public async Task ResumeAsync(HttpContext http, string id)
    {
        if (await FindOpenAsync(http, id) is not { } state)
        {
            return;
        }

        if (state.OrchestrationStatus != OrchestrationStatus.Suspended)
        {
            await RefuseAsync(http, "resume", state);
            return;
        }

        await client.ResumeInstanceAsync(id, Reason(http), http.RequestAborted);
        await ManagementAnswer.WriteAsync(http, StatusCodes.Status202Accepted);
    }

    /// <summary>Lets a failed instance go on from where it failed.</summary>
    public async Task RewindAsync(HttpContext http, string id)
    {
        var state = await client.ReadAsync(id, http.RequestAborted);
        if (state is not { OrchestrationStatus: OrchestrationStatus.Failed })
        {
            await (state is null
                ? ManagementAnswer.WriteAsync(http, StatusCodes.Status404NotFound, $"No orchestration with instance ID \"{id}\" found.")
                : ManagementAnswer.WriteAsync(
                    http,
                    StatusCodes.Status412PreconditionFailed,
                    $"This orchestration has status {state.OrchestrationStatus}, "
                    + "but only orchestrations in the \"Failed\" state can be rewound."));
            return;
        }

        try
        {
            await client.RewindInstanceAsync(id, Reason(http) ?? "", http.RequestAborted);
        }
        catch (InvalidOperationException e)
        {
            await ManagementAnswer.WriteAsync(http, StatusCodes.Status412PreconditionFailed, e.Message);
            return;
        }

        await ManagementAnswer.WriteAsync(http, StatusCodes.Status202Accepted);
    }

    private async Task<OrchestrationState?> FindOpenAsync(HttpContext http, string id)
    {
        var state = await client.ReadAsync(id, http.RequestAborted);
        if (state is not null && !LocalDurableTaskClient.IsEnded(state))
        {
            return state;
        }

        await ManagementAnswer.WriteAsync(http, state is null ? StatusCodes.Status404NotFound : StatusCodes.Status410Gone);
        return null;
    }

    private static Task RefuseAsync(HttpContext http, string action, OrchestrationState state) => Problem.WriteAsync(
        http,
        StatusCodes.Status409Conflict,
        $"Cannot {action} the orchestration instance {state.OrchestrationInstance.InstanceId} "
        + $"because instance is in the {state.OrchestrationStatus} state.");

    private static string? Reason(HttpContext http) => new ManagementQuery(http.Request).Text("reason");

    private static string? MediaType(HttpRequest request) => request.ContentType?.Split(';')[0].Trim();
}

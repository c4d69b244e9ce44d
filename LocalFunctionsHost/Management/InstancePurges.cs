using System.Text.Json.Nodes;
using LocalRuntime.Engine.Client;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace LocalFunctionsHost.Management;

/// <summary>The calls that remove ended instances.</summary>
internal sealed class InstancePurges(EngineClient client)
{
    public async Task PurgeAsync(HttpContext http, string id)
    {
        var instance = await client.GetInstanceAsync(id, getInputsAndOutputs: false, http.RequestAborted);
        if (instance is { IsCompleted: false })
        {
            await ManagementAnswer.WriteAsync(
                http,
                StatusCodes.Status412PreconditionFailed,
                "Only orchestrations in a terminal state can be purged, "
                + $"but the orchestration with instance ID {id} has status {instance.RuntimeStatus}");
            return;
        }

        var purged = instance is null ? 0 : (await client.PurgeInstanceAsync(id, http.RequestAborted)).PurgedInstanceCount;
        await AnswerAsync(http, purged);
    }

    public async Task PurgeByFilterAsync(HttpContext http)
    {
        if (ManagementQuery.Time(http.Request, "createdTimeFrom") is not { } from)
        {
            await ManagementAnswer.WriteAsync(
                http, StatusCodes.Status400BadRequest, "Please provide value for 'createdTimeFrom' parameter.");
            return;
        }

        // A filter that can't be read is refused here: ignoring it would remove more than was asked for.
        var (statuses, allKnown) = ManagementQuery.Statuses(http.Request);
        var to = ManagementQuery.Time(http.Request, "createdTimeTo");
        if (!allKnown || (to is null && ManagementQuery.Text(http.Request, "createdTimeTo") is not null))
        {
            var wrong = allKnown ? "createdTimeTo" : "runtimeStatus";
            await ManagementAnswer.WriteAsync(
                http, StatusCodes.Status400BadRequest, $"Please correct the '{wrong}' parameter: its value can't be read.");
            return;
        }

        var filter = new PurgeInstancesFilter(from, to, statuses.Count == 0 ? null : statuses);
        await AnswerAsync(http, (await client.PurgeAllInstancesAsync(filter, http.RequestAborted)).PurgedInstanceCount);
    }

    private static Task AnswerAsync(HttpContext http, int purged) => purged == 0
        ? ManagementAnswer.WriteAsync(http, StatusCodes.Status404NotFound)
        : ManagementAnswer.WriteAsync(http, StatusCodes.Status200OK, new JsonObject { ["instancesDeleted"] = purged });
}

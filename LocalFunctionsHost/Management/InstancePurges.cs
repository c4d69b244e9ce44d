using System.Text.Json.Nodes;
using LocalFunctionsHost.Client;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace LocalFunctionsHost.Management;

/// <summary>The calls that remove ended instances.</summary>
internal sealed class InstancePurges(LocalDurableTaskClient client)
{
    public async Task PurgeAsync(HttpContext http, string id)
    {
        try
        {
            await AnswerAsync(http, (await client.PurgeInstanceAsync(id, http.RequestAborted)).PurgedInstanceCount);
        }
        catch (InvalidOperationException e)
        {
            await ManagementAnswer.WriteAsync(http, StatusCodes.Status412PreconditionFailed, e.Message);
        }
    }

    public async Task PurgeByFilterAsync(HttpContext http)
    {
        if (ManagementQuery.Time(http.Request, "createdTimeFrom") is not { } from)
        {
            await ManagementAnswer.WriteAsync(
                http, StatusCodes.Status400BadRequest, "Please provide value for 'createdTimeFrom' parameter.");
            return;
        }

        // Refused here, as ignoring such a filter would remove more than was asked for.
        var (statuses, areNamed) = ManagementQuery.Statuses(http.Request);
        if (areNamed && !statuses.Any(LocalDurableTaskClient.CanBePurged))
        {
            await ManagementAnswer.WriteAsync(
                http,
                StatusCodes.Status400BadRequest,
                "Please correct the 'runtimeStatus' parameter: only instances that are Completed, Failed, Terminated or Canceled can be purged.");
            return;
        }

        var to = ManagementQuery.Time(http.Request, "createdTimeTo");
        if (to is null && ManagementQuery.Text(http.Request, "createdTimeTo") is not null)
        {
            await ManagementAnswer.WriteAsync(
                http, StatusCodes.Status400BadRequest, "Please correct the 'createdTimeTo' parameter: its value can't be read.");
            return;
        }

        var filter = new PurgeInstancesFilter(from, to, areNamed ? statuses : null);
        await AnswerAsync(http, (await client.PurgeAllInstancesAsync(filter, http.RequestAborted)).PurgedInstanceCount);
    }

    private static Task AnswerAsync(HttpContext http, int purged) => purged == 0
        ? ManagementAnswer.WriteAsync(http, StatusCodes.Status404NotFound)
        : ManagementAnswer.WriteAsync(http, StatusCodes.Status200OK, new JsonObject { ["instancesDeleted"] = purged });
}

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

        // A filter that can't be read is refused here: ignoring it would remove more than was asked for.
        var (statuses, areNamed) = ManagementQuery.Statuses(http.Request);
        var to = ManagementQuery.Time(http.Request, "createdTimeTo");
        if ((areNamed && statuses.Count == 0) || (to is null && ManagementQuery.Text(http.Request, "createdTimeTo") is not null))
        {
            var wrong = areNamed && statuses.Count == 0 ? "runtimeStatus" : "createdTimeTo";
            await ManagementAnswer.WriteAsync(
                http, StatusCodes.Status400BadRequest, $"Please correct the '{wrong}' parameter: its value can't be read.");
            return;
        }

        var filter = new PurgeInstancesFilter(from, to, areNamed ? statuses : null);
        await AnswerAsync(http, (await client.PurgeAllInstancesAsync(filter, http.RequestAborted)).PurgedInstanceCount);
    }

    private static Task AnswerAsync(HttpContext http, int purged) => purged == 0
        ? ManagementAnswer.WriteAsync(http, StatusCodes.Status404NotFound)
        : ManagementAnswer.WriteAsync(http, StatusCodes.Status200OK, new JsonObject { ["instancesDeleted"] = purged });
}

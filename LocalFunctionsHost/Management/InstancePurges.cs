using System.Text.Json.Nodes;
using LocalFunctionsHost.Client;
using LocalFunctionsHost.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace LocalFunctionsHost.Management;

/// <summary>The calls that remove ended instances.</summary>
internal sealed class InstancePurges(LocalDurableTaskClient client)
{
    public async Task PurgeAsync(HttpContext http, string id)
    {
        new ManagementQuery(http.Request).Only();
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
        var query = new ManagementQuery(http.Request).Only("createdTimeFrom", "createdTimeTo", "runtimeStatus");
        if (query.Time("createdTimeFrom") is not { } from)
        {
            await ManagementAnswer.WriteAsync(
                http, StatusCodes.Status400BadRequest, "Please provide value for 'createdTimeFrom' parameter.");
            return;
        }

        var statuses = query.Statuses();
        if (statuses is not null && !statuses.Any(LocalDurableTaskClient.CanBePurged))
        {
            throw new BadRequestException(
                StatusCodes.Status400BadRequest,
                "'runtimeStatus' has to name Completed, Failed, Terminated or Canceled: other instances can't be purged.");
        }

        var filter = new PurgeInstancesFilter(from, query.Time("createdTimeTo"), statuses);
        await AnswerAsync(http, (await client.PurgeAllInstancesAsync(filter, http.RequestAborted)).PurgedInstanceCount);
    }

    private static Task AnswerAsync(HttpContext http, int purged) => purged == 0
        ? ManagementAnswer.WriteAsync(http, StatusCodes.Status404NotFound)
        : ManagementAnswer.WriteAsync(http, StatusCodes.Status200OK, new JsonObject { ["instancesDeleted"] = purged });
}

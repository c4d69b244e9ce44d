using System.Text;
using System.Text.Json.Nodes;
using LocalRuntime.Engine.Client;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LocalFunctionsHost.Management;

/// <summary>The calls that read: one instance's status, and lists.</summary>
internal sealed class InstanceReads(EngineClient client)
{
    private const string TokenHeader = "x-ms-continuation-token";
    private const int MaxPageSize = 1000;

    /// <summary>Answers an instance's status: 200 when it has ended, 202 with a Location while it hasn't.</summary>
    /// <param name="http">The call.</param>
    /// <param name="id">The instance's id.</param>
    /// <param name="ended">The instance if it was read already, or null.</param>
    public async Task StatusAsync(HttpContext http, string id, OrchestrationMetadata? ended)
    {
        var instance = ended ?? await client.GetInstanceAsync(id, getInputsAndOutputs: true, http.RequestAborted);
        if (instance is null)
        {
            await ManagementAnswer.WriteAsync(http, StatusCodes.Status404NotFound);
            return;
        }

        var showInput = ManagementQuery.Flag(http.Request, "showInput") ?? true;
        var history = await HistoryAsync(http, instance, showInput);
        var status = StatusCodes.Status200OK;
        if (!instance.IsCompleted)
        {
            status = StatusCodes.Status202Accepted;
            http.Response.Headers.Location = http.Request.GetEncodedUrl();
            http.Response.Headers.RetryAfter = "5";
        }
        else if (instance.RuntimeStatus == OrchestrationRuntimeStatus.Failed
            && ManagementQuery.Flag(http.Request, "returnInternalServerErrorOnFailure") == true)
        {
            status = StatusCodes.Status500InternalServerError;
        }

        await ManagementAnswer.WriteAsync(http, status, StatusDocument.Create(instance, showInput, history));
    }

    /// <summary>Answers a page of instances in the order of their ids, and the header that asks for the next page.</summary>
    public async Task ListAsync(HttpContext http)
    {
        var request = http.Request;
        var top = ManagementQuery.Number(request, "top") ?? OrchestrationQuery.DefaultPageSize;
        if (top < 1)
        {
            await ManagementAnswer.WriteErrorAsync(
                http, StatusCodes.Status400BadRequest, $"'top' is {top}, but a page has at least one instance.");
            return;
        }

        if (!TryReadToken(request, out var token))
        {
            await ManagementAnswer.WriteErrorAsync(
                http,
                StatusCodes.Status400BadRequest,
                $"The header {TokenHeader} is not one that a list has answered; leave it out for the first page.");
            return;
        }

        var (statuses, _) = ManagementQuery.Statuses(request);
        var query = new OrchestrationQuery
        {
            InstanceIdPrefix = ManagementQuery.Text(request, "instanceIdPrefix"),
            CreatedFrom = ManagementQuery.Time(request, "createdTimeFrom"),
            CreatedTo = ManagementQuery.Time(request, "createdTimeTo"),
            Statuses = statuses.Count == 0 ? null : statuses,
            PageSize = Math.Min(top, MaxPageSize),
            FetchInputsAndOutputs = true,
            ContinuationToken = token,
        };
        var page = await FirstPageAsync(client.GetAllInstancesAsync(query), token, query.PageSize, http.RequestAborted);
        if (page.ContinuationToken is { } next)
        {
            http.Response.Headers[TokenHeader] = Convert.ToBase64String(Encoding.UTF8.GetBytes(next));
        }

        var showInput = ManagementQuery.Flag(request, "showInput") ?? true;
        var list = new JsonArray([.. page.Values.Select(instance => StatusDocument.Create(instance, showInput))]);
        await ManagementAnswer.WriteAsync(http, StatusCodes.Status200OK, list);
    }

    private async Task<JsonArray?> HistoryAsync(HttpContext http, OrchestrationMetadata instance, bool showInput)
    {
        if (ManagementQuery.Flag(http.Request, "showHistory") != true || instance.RuntimeStatus == OrchestrationRuntimeStatus.Pending)
        {
            return null;
        }

        var showOutput = ManagementQuery.Flag(http.Request, "showHistoryOutput") ?? false;
        var events = await client.Requests.ReadHistoryAsync(instance.InstanceId, http.RequestAborted);
        return HistoryDocument.Create(events ?? [], showInput, showOutput);
    }

    private static async Task<Page<OrchestrationMetadata>> FirstPageAsync(
        AsyncPageable<OrchestrationMetadata> pages, string? token, int size, CancellationToken cancellation)
    {
        await foreach (var page in pages.AsPages(token, size).WithCancellation(cancellation))
        {
            return page;
        }

        return new Page<OrchestrationMetadata>([]);
    }

    private static bool TryReadToken(HttpRequest request, out string? token)
    {
        token = null;
        var header = request.Headers[TokenHeader].ToString().Trim();
        if (header.Length == 0)
        {
            return true;
        }

        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header, bytes, out var length) || length == 0)
        {
            return false;
        }

        token = Encoding.UTF8.GetString(bytes, 0, length);
        return true;
    }
}

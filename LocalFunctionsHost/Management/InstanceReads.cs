using System.Text;
using System.Text.Json.Nodes;
using DurableTask.Core;
using DurableTask.Core.History;
using LocalFunctionsHost.Client;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.DurableTask.Client;

namespace LocalFunctionsHost.Management;

/// <summary>The calls that read: one instance's status, and lists.</summary>
internal sealed class InstanceReads(LocalDurableTaskClient client)
{
    private const string TokenHeader = "x-ms-continuation-token";
    private const int MaxPageSize = 1000;

    // Asks for the first page. A page of none answers it, as what it has not shown is everything.
    private const string FirstPage = " ";

    /// <summary>Answers an instance's status: 200 when it has ended, 202 with a Location while it hasn't.</summary>
    /// <param name="http">The call.</param>
    /// <param name="id">The instance's id.</param>
    /// <param name="ended">The instance if it was read already, or null.</param>
    public async Task StatusAsync(HttpContext http, string id, OrchestrationState? ended)
    {
        var state = ended ?? await client.ReadAsync(id, http.RequestAborted);
        if (state is null)
        {
            await ManagementAnswer.WriteAsync(http, StatusCodes.Status404NotFound);
            return;
        }

        var showInput = ManagementQuery.Flag(http.Request, "showInput") ?? true;
        var history = await HistoryAsync(http, state, showInput);
        var status = StatusCodes.Status200OK;
        if (!LocalDurableTaskClient.IsEnded(state))
        {
            status = StatusCodes.Status202Accepted;
            http.Response.Headers.Location = http.Request.GetEncodedUrl();
            http.Response.Headers.RetryAfter = "5";
        }
        else if (state.OrchestrationStatus == OrchestrationStatus.Failed
            && ManagementQuery.Flag(http.Request, "returnInternalServerErrorOnFailure") == true)
        {
            status = StatusCodes.Status500InternalServerError;
        }

        await ManagementAnswer.WriteAsync(http, status, StatusDocument.Create(state, showInput, history));
    }

    /// <summary>Answers a page of instances in the order of their ids, and the header that asks for the next page.</summary>
    public async Task ListAsync(HttpContext http)
    {
        var request = http.Request;
        var top = ManagementQuery.Number(request, "top") ?? OrchestrationQuery.DefaultPageSize;
        if (top < 0)
        {
            await ManagementAnswer.WriteErrorAsync(
                http, StatusCodes.Status400BadRequest, $"'top' is {top}, but a page can't have less than no instance.");
            return;
        }

        var token = ReadToken(request);
        var (statuses, _) = ManagementQuery.Statuses(request);
        var query = new OrchestrationQuery
        {
            InstanceIdPrefix = ManagementQuery.Text(request, "instanceIdPrefix"),
            CreatedFrom = ManagementQuery.Time(request, "createdTimeFrom"),
            CreatedTo = ManagementQuery.Time(request, "createdTimeTo"),
            Statuses = statuses.Count == 0 ? null : statuses,
            FetchInputsAndOutputs = true,
        };
        var page = await client.QueryAsync(query, token, Math.Clamp(top, 1, MaxPageSize), http.RequestAborted);
        var shown = page.OrchestrationState.Take(top).ToList();
        var next = shown.Count < page.OrchestrationState.Count ? token ?? FirstPage : page.ContinuationToken;
        if (!string.IsNullOrEmpty(next))
        {
            http.Response.Headers[TokenHeader] = Convert.ToBase64String(Encoding.UTF8.GetBytes(next));
        }

        var showInput = ManagementQuery.Flag(request, "showInput") ?? true;
        var list = new JsonArray([.. shown.Select(state => StatusDocument.Create(state, showInput))]);
        await ManagementAnswer.WriteAsync(http, StatusCodes.Status200OK, list);
    }

    private async Task<JsonArray?> HistoryAsync(HttpContext http, OrchestrationState state, bool showInput)
    {
        if (ManagementQuery.Flag(http.Request, "showHistory") != true || state.OrchestrationStatus == OrchestrationStatus.Pending)
        {
            return null;
        }

        var showOutput = ManagementQuery.Flag(http.Request, "showHistoryOutput") ?? false;
        var events = await client.ReadHistoryAsync(state.OrchestrationInstance.InstanceId, http.RequestAborted);
        return HistoryDocument.Create(events, showInput, showOutput);
    }

    // As on Azure, a token that can't be read counts as none.
    private static string? ReadToken(HttpRequest request)
    {
        var header = request.Headers[TokenHeader].ToString().Trim();
        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header, bytes, out var length) || length == 0)
        {
            return null;
        }

        var token = Encoding.UTF8.GetString(bytes, 0, length);
        return token == FirstPage ? null : token;
    }
}

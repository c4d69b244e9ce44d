using System.Text;
using System.Text.Json.Nodes;
using DurableTask.Core;
using DurableTask.Core.History;
using LocalFunctionsHost.Client;
using LocalFunctionsHost.Http;
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

    /// <summary>Answers an instance's status.</summary>
    public async Task StatusAsync(HttpContext http, string id)
    {
        var view = StatusView.Read(new ManagementQuery(http.Request).Only(StatusView.Parameters));
        await (await client.ReadAsync(id, http.RequestAborted) is { } state
            ? StatusAsync(http, state, view)
            : ManagementAnswer.WriteAsync(http, StatusCodes.Status404NotFound));
    }

    /// <summary>Answers an instance's status: 200 when it has ended, 202 with a Location while it hasn't.</summary>
    public async Task StatusAsync(HttpContext http, OrchestrationState state, StatusView view)
    {
        var history = await HistoryAsync(http, state, view);
        var status = StatusCodes.Status200OK;
        if (!LocalDurableTaskClient.IsEnded(state))
        {
            status = StatusCodes.Status202Accepted;
            http.Response.Headers.Location = RequestAddress.Of(http.Request) + http.Request.GetEncodedPathAndQuery();
            http.Response.Headers.RetryAfter = "5";
        }
        else if (state.OrchestrationStatus == OrchestrationStatus.Failed && view.FailureIsServerError)
        {
            status = StatusCodes.Status500InternalServerError;
        }

        await ManagementAnswer.WriteAsync(http, status, StatusDocument.Create(state, view.ShowInput, history));
    }

    /// <summary>Answers a page of instances in the order of their ids, and the header that asks for the next page.</summary>
    public async Task ListAsync(HttpContext http)
    {
        var parameters = new ManagementQuery(http.Request).Only(
            ["createdTimeFrom", "createdTimeTo", "runtimeStatus", "instanceIdPrefix", "top", .. StatusView.Parameters]);
        var view = StatusView.Read(parameters);
        var top = parameters.Number("top") ?? OrchestrationQuery.DefaultPageSize;
        var query = new OrchestrationQuery
        {
            InstanceIdPrefix = parameters.Filter("instanceIdPrefix"),
            CreatedFrom = parameters.Time("createdTimeFrom"),
            CreatedTo = parameters.Time("createdTimeTo"),
            Statuses = parameters.Statuses(),
            FetchInputsAndOutputs = true,
        };
        var token = ReadToken(http.Request);
        var page = await client.QueryAsync(query, token, Math.Clamp(top, 1, MaxPageSize), http.RequestAborted);
        var shown = page.OrchestrationState.Take(top).ToList();
        var next = shown.Count < page.OrchestrationState.Count ? token ?? FirstPage : page.ContinuationToken;
        if (!string.IsNullOrEmpty(next))
        {
            http.Response.Headers[TokenHeader] = Convert.ToBase64String(Encoding.UTF8.GetBytes(next));
        }

        var list = new JsonArray([.. shown.Select(state => StatusDocument.Create(state, view.ShowInput))]);
        await ManagementAnswer.WriteAsync(http, StatusCodes.Status200OK, list);
    }

    private async Task<JsonArray?> HistoryAsync(HttpContext http, OrchestrationState state, StatusView view)
    {
        if (!view.ShowHistory || state.OrchestrationStatus == OrchestrationStatus.Pending)
        {
            return null;
        }

        var events = await client.ReadHistoryAsync(state.OrchestrationInstance.InstanceId, http.RequestAborted);
        return HistoryDocument.Create(events, view.ShowInput, view.ShowHistoryOutput);
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

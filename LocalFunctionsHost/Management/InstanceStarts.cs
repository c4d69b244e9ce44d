using System.Text.Json;
using System.Text.Json.Nodes;
using DurableTask.Core;
using DurableTask.Core.Exceptions;
using LocalFunctionsHost.Client;
using LocalFunctionsHost.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask;

namespace LocalFunctionsHost.Management;

/// <summary>The calls that start instances: new ones, and ended ones once more.</summary>
internal sealed class InstanceStarts(LocalDurableTaskClient client, ManagementLinks links)
{
    private readonly InstanceReads reads = new(client);

    public async Task StartAsync(HttpContext http, string name, string? id)
    {
        JsonElement? input = null;
        if (RequestBody.IsSent(http.Request))
        {
            try
            {
                input = await JsonContent.ReadAsync(http);
            }
            catch (JsonException e)
            {
                await ManagementAnswer.WriteErrorAsync(http, StatusCodes.Status400BadRequest, "Invalid JSON content", e);
                return;
            }
        }

        var query = new ManagementQuery(http.Request);
        var answer = StartAnswer.Read(query);
        var options = new StartOrchestrationOptions { InstanceId = id };
        if (query.Text("version") is { } version)
        {
            options = options with { Version = version };
        }

        try
        {
            var started = await client.ScheduleNewOrchestrationInstanceAsync(name, input, options, http.RequestAborted);
            await AnswerStartedAsync(http, answer, started);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            await ManagementAnswer.WriteErrorAsync(http, StatusCodes.Status409Conflict, await TakenAsync(http, id!));
        }
    }

    public async Task RestartAsync(HttpContext http, string id)
    {
        var query = new ManagementQuery(http.Request);
        var answer = StartAnswer.Read(query);
        var withNewId = query.Flag("restartWithNewInstanceId") ?? true;
        string restarted;
        try
        {
            restarted = await client.RestartAsync(id, withNewId, http.RequestAborted);
        }
        catch (ArgumentException e)
        {
            await ManagementAnswer.WriteErrorAsync(
                http, StatusCodes.Status400BadRequest, "InstanceId does not match a valid orchestration instance.", e);
            return;
        }
        catch (InvalidOperationException e) when (e.InnerException is OrchestrationAlreadyExistsException taken)
        {
            await ManagementAnswer.WriteAsync(http, StatusCodes.Status409Conflict, new JsonObject
            {
                ["Message"] = "A non-terminal instance with this instance ID already exists.",
                ["ExceptionMessage"] = await TakenAsync(http, id),
                ["ExceptionType"] = typeof(OrchestrationAlreadyExistsException).FullName,
                ["StackTrace"] = taken.StackTrace,
            });
            return;
        }

        await AnswerStartedAsync(http, answer, restarted);
    }

    // Each backend words it in its own way.
    private async Task<string> TakenAsync(HttpContext http, string id)
    {
        var status = (await client.ReadAsync(id, http.RequestAborted))?.OrchestrationStatus ?? OrchestrationStatus.Running;
        return $"An Orchestration instance with the status {status} already exists.";
    }

    private async Task AnswerStartedAsync(HttpContext http, StartAnswer answer, string id)
    {
        if (answer.Timeout is { } timeout && await WaitAsync(id, timeout, http.RequestAborted) is { } ended)
        {
            await (ended.OrchestrationStatus == OrchestrationStatus.Completed
                ? ManagementAnswer.WriteAsync(http, StatusCodes.Status200OK, Payloads.Show(ended.Output))
                : reads.StatusAsync(http, ended, answer.View));
            return;
        }

        var url = RequestAddress.Of(http.Request);
        http.Response.Headers.Location = links.Status(url, id);
        http.Response.Headers.RetryAfter = "10";
        await ManagementAnswer.WriteAsync(http, StatusCodes.Status202Accepted, links.Create(url, id));
    }

    private async Task<OrchestrationState?> WaitAsync(string id, TimeSpan timeout, CancellationToken aborted)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        waiting.CancelAfter(timeout);
        try
        {
            return await client.WaitForEndAsync(id, waiting.Token);
        }
        catch (OperationCanceledException) when (waiting.IsCancellationRequested && !aborted.IsCancellationRequested)
        {
            return null;
        }
    }
}

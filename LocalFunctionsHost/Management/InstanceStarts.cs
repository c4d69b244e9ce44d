using System.Globalization;
using System.Text.Json;
using DurableTask.Core.Exceptions;
using LocalRuntime.Engine.Client;
using LocalFunctionsHost.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LocalFunctionsHost.Management;

/// <summary>The calls that start instances: new ones, and ended ones once more.</summary>
internal sealed class InstanceStarts(EngineClient client, ManagementLinks links)
{
    private static readonly JsonSerializerOptions PayloadOptions = new(JsonSerializerDefaults.Web);

    private readonly InstanceReads reads = new(client);

    public async Task StartAsync(HttpContext http, string name, string? id)
    {
        JsonElement? input = null;
        if (RequestBody.IsSent(http.Request))
        {
            try
            {
                using var document = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
                input = document.RootElement.Clone();
            }
            catch (JsonException e)
            {
                await ManagementAnswer.WriteErrorAsync(http, StatusCodes.Status400BadRequest, "Invalid JSON content", e);
                return;
            }
        }

        try
        {
            var started = await client.ScheduleNewOrchestrationInstanceAsync(
                name, input, new StartOrchestrationOptions { InstanceId = id }, http.RequestAborted);
            await AnswerStartedAsync(http, started);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            await RefuseTakenAsync(http, id!);
        }
    }

    public async Task RestartAsync(HttpContext http, string id)
    {
        string restarted;
        try
        {
            var withNewId = ManagementQuery.Flag(http.Request, "restartWithNewInstanceId") ?? true;
            restarted = await client.RestartAsync(id, withNewId, http.RequestAborted);
        }
        catch (ArgumentException e)
        {
            await ManagementAnswer.WriteErrorAsync(
                http, StatusCodes.Status400BadRequest, "InstanceId does not match a valid orchestration instance.", e);
            return;
        }
        catch (Exception e) when (e is OrchestrationAlreadyExistsException or InvalidOperationException)
        {
            await RefuseTakenAsync(http, id);
            return;
        }

        await AnswerStartedAsync(http, restarted);
    }

    private async Task RefuseTakenAsync(HttpContext http, string id)
    {
        var instance = await client.GetInstanceAsync(id, getInputsAndOutputs: false, http.RequestAborted);
        var status = instance?.RuntimeStatus ?? OrchestrationRuntimeStatus.Running;
        await ManagementAnswer.WriteErrorAsync(
            http, StatusCodes.Status409Conflict, $"An Orchestration instance with the status {status} already exists.");
    }

    private async Task AnswerStartedAsync(HttpContext http, string id)
    {
        if (ManagementQuery.Seconds(http.Request, "timeout") is { } timeout
            && ManagementQuery.Seconds(http.Request, "pollingInterval") is { } interval)
        {
            if (interval > timeout)
            {
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Total timeout {timeout.TotalSeconds} should be bigger than retry timeout {interval.TotalSeconds}"));
            }

            if (await WaitAsync(id, timeout, http.RequestAborted) is { } ended)
            {
                await (ended.RuntimeStatus == OrchestrationRuntimeStatus.Completed
                    ? ManagementAnswer.WriteAsync(http, StatusCodes.Status200OK, Payloads.Show(ended.SerializedOutput))
                    : reads.StatusAsync(http, id, ended));
                return;
            }
        }

        var payload = links.ForCaller($"{http.Request.Scheme}://{http.Request.Host}", id);
        http.Response.Headers.Location = payload.StatusQueryGetUri;
        http.Response.Headers.RetryAfter = "10";
        var body = JsonSerializer.SerializeToNode(payload, PayloadOptions)!.AsObject();
        body.Remove("rewindPostUri");
        await ManagementAnswer.WriteAsync(http, StatusCodes.Status202Accepted, body);
    }

    private async Task<OrchestrationMetadata?> WaitAsync(string id, TimeSpan timeout, CancellationToken aborted)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        waiting.CancelAfter(timeout);
        try
        {
            return await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, waiting.Token);
        }
        catch (OperationCanceledException) when (waiting.IsCancellationRequested && !aborted.IsCancellationRequested)
        {
            return null;
        }
    }
}

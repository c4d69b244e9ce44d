using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Newtonsoft.Json;

namespace BookingFunctions.Tests.LocalFunctionsHost.Management;

/// <summary>The HTTP functions that the genuine host was recorded with.</summary>
public static class RecordedHttp
{
    [Function("Start")]
    public static async Task<IResult> StartAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "start/{name}/{id}")] HttpRequest request,
        string name,
        string id,
        [DurableClient] DurableTaskClient client)
    {
        var body = await new StreamReader(request.Body).ReadToEndAsync();
        object? input = body.Length == 0 ? null : JsonDocument.Parse(body).RootElement;
        await client.ScheduleNewOrchestrationInstanceAsync(name, input, new StartOrchestrationOptions { InstanceId = id });
        return Results.Accepted($"/x/{id}", client.CreateHttpManagementPayload(id));
    }

    [Function("Meta")]
    public static async Task<IResult> MetaAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "meta/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client)
    {
        var found = await client.GetInstanceAsync(id, true);
        return found is null ? Results.NotFound() : Results.Json(new
        {
            found.Name,
            found.InstanceId,
            Status = found.RuntimeStatus.ToString(),
            found.SerializedInput,
            found.SerializedOutput,
            found.SerializedCustomStatus,
            found.FailureDetails,
        });
    }

    [Function("Hist")]
    public static async Task<IResult> HistoryAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "hist/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client) =>
        Results.Text(JsonConvert.SerializeObject(await client.GetOrchestrationHistoryAsync(id)), "application/json");
}

using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using FromBodyAttribute = Microsoft.Azure.Functions.Worker.Http.FromBodyAttribute;

namespace BookingFunctions.Tests.LocalFunctionsHost.Http;

/// <summary>Functions that show what their parameters got.</summary>
public static class BindingFunctions
{
    [Function("NoRoute")]
    public static string NoRoute([HttpTrigger] HttpRequest request) => request.Method;

    [Function("RouteValues")]
    public static string RouteValues(
        [HttpTrigger("get", Route = "values/{number}/{id}/{color}/{day?}")] HttpRequest request,
        int number,
        Guid id,
        Color color,
        DateOnly? day) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {id} {color} {day:yyyy-MM-dd}");

    [Function("Constraint")]
    public static string Constraint([HttpTrigger("get", Route = "numbers/{number:int}")] HttpRequest request, int number) =>
        number.ToString(CultureInfo.InvariantCulture);

    [Function("Query")]
    public static string Query(
        [HttpTrigger("get", Route = "query/{id}")] HttpRequest request, string id, int top, string? filter, int page = 7) =>
        $"{id} {top} {filter ?? "null"} {page}";

    [Function("Body")]
    public static Parcel Body([HttpTrigger("post", "put", Route = "body")] HttpRequest request, [FromBody] Parcel parcel) =>
        parcel with { Weight = parcel.Weight * 2 };

    [Function("OptionalBody")]
    public static string OptionalBody(
        [HttpTrigger("post", Route = "optional")] HttpRequest request, [FromBody] Parcel? parcel) => parcel?.To ?? "none";

    [Function("RawBody")]
    public static async Task<string> RawBodyAsync([HttpTrigger("post", Route = "raw")] HttpRequest request, CancellationToken cancellation)
    {
        using var reader = new StreamReader(request.Body);
        return await reader.ReadToEndAsync(cancellation);
    }

    [Function("Context")]
    public static string Context([HttpTrigger("get", Route = "context")] HttpRequest request, FunctionContext context) =>
        $"{ReferenceEquals(context.GetHttpContext(), request.HttpContext)} "
        + $"{Guid.TryParse(context.InvocationId, out _)} {context.FunctionId}";

    [Function("Client")]
    public static string Client([HttpTrigger("get", Route = "client")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        client.CreateHttpManagementPayload("some id").StatusQueryGetUri!;
}

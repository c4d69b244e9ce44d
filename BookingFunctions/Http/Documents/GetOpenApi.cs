using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BookingFunctions.Http.Documents;

/// <summary>Answers what the API is, for tools.</summary>
public static class GetOpenApi
{
    /// <summary>The resource that holds the document.</summary>
    public const string ResourceName = "openapi.json";

    private static readonly byte[] Document = Read();

    /// <summary>The function.</summary>
    /// <param name="request">The request.</param>
    /// <returns>200 with the OpenAPI document.</returns>
    [Function(nameof(GetOpenApi))]
    public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/openapi.json")] HttpRequest request) =>
        new QueryReader(request).Problem ?? Results.Bytes(Document, "application/json; charset=utf-8");

    private static byte[] Read()
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The app was built without its resource {ResourceName}.");
        using var document = new MemoryStream();
        resource.CopyTo(document);
        return document.ToArray();
    }
}

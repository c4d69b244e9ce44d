using System.Text.Json;
using BookingFunctions.Http;

namespace BookingFunctions.Tests.Contract;

/// <summary>The OpenAPI document that the application is built with.</summary>
internal static class ApiDocument
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

    /// <summary>Its text.</summary>
    public static string Text { get; } = Read();

    /// <summary>Its JSON.</summary>
    public static JsonElement Json { get; } = JsonElement.Parse(Text);

    /// <summary>The operations: <c>GET /api/trips</c>, and what the document says about it.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Operations { get; } = (
        from path in Json.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        where Methods.Contains(operation.Name)
        select (Name: $"{operation.Name.ToUpperInvariant()} {path.Name}", operation.Value)).ToDictionary(found => found.Name, found => found.Value);

    /// <summary>The answers that an operation has, by status.</summary>
    public static IEnumerable<(int Status, JsonElement Answer)> Answers(string operation) =>
        Operations[operation].GetProperty("responses").EnumerateObject()
            .Select(answer => (int.Parse(answer.Name, System.Globalization.CultureInfo.InvariantCulture), Resolve(answer.Value)));

    /// <summary>Follows a reference, if it is one.</summary>
    public static JsonElement Resolve(JsonElement element)
    {
        while (element.ValueKind == JsonValueKind.Object && element.TryGetProperty("$ref", out var reference))
        {
            element = Json;
            foreach (var name in reference.GetString()!.TrimStart('#', '/').Split('/'))
            {
                element = element.GetProperty(name);
            }
        }

        return element;
    }

    private static string Read()
    {
        using var resource = typeof(GetOpenApi).Assembly.GetManifestResourceStream(GetOpenApi.ResourceName)!;
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    }
}

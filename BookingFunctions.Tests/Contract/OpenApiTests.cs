using System.Text.Json;
using BookingFunctions.Http.Documents;
using BookingFunctions.Saga;
using BookingFunctions.Tests.EndToEnd;
using BookingFunctions.Tests.Npm;
using LocalFunctionsHost.Functions;

namespace BookingFunctions.Tests.Contract;

/// <summary>The OpenAPI document says what the application does: no less, and nothing else.</summary>
public sealed class OpenApiTests
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

    [Fact]
    public async Task The_document_has_the_routes_of_the_API_and_no_others()
    {
        await using var resource = typeof(GetOpenApi).Assembly.GetManifestResourceStream(GetOpenApi.ResourceName)!;
        using var document = await JsonDocument.ParseAsync(resource);
        var documented =
            from path in document.RootElement.GetProperty("paths").EnumerateObject()
            from operation in path.Value.EnumerateObject()
            where Methods.Contains(operation.Name)
            select $"{operation.Name.ToUpperInvariant()} {path.Name} {operation.Value.GetProperty("operationId").GetString()}";

        var routes =
            from function in FunctionDiscovery.Find(typeof(BookTrip).Assembly.GetTypes()).Http
            where function.Route.StartsWith("api/", StringComparison.Ordinal)
            from method in function.Methods
            select $"{method} /{function.Route} {function.Method.Name}";

        Assert.Equal(routes.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [NpmFact]
    public async Task The_document_passes_the_rules_of_Spectral_and_Redocly_without_a_warning()
    {
        var file = Path.Combine(NpmPackage.ApiChecks.Folder, "openapi.json");
        await using (var resource = typeof(GetOpenApi).Assembly.GetManifestResourceStream(GetOpenApi.ResourceName)!)
        {
            await using var copy = File.Create(file);
            await resource.CopyToAsync(copy);
        }

        var (exitCode, output) = await NpmPackage.ApiChecks.RunAsync("lint.mjs", file);

        Assert.True(exitCode == 0, output);
    }

    [NpmFact]
    public async Task Every_request_is_answered_as_the_document_says()
    {
        using var data = new DataFile();
        await Fuzzer.RunAsync(data, requests: 300);
    }
}

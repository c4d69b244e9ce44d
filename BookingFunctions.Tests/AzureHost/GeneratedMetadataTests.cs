using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using BookingFunctions.Saga;
using Microsoft.Azure.Functions.Worker;

namespace BookingFunctions.Tests.AzureHost;

/// <summary><c>functions.metadata</c>, which the build makes for the Functions host, against the attributes that the local host reads.</summary>
public class GeneratedMetadataTests
{
    private const BindingFlags AllMethods =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public async Task Azure_host_serves_the_functions_routes_methods_and_levels_of_the_local_host()
    {
        var metadata = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "functions.metadata")))!.AsArray();
        var attributes =
            from type in typeof(BookTrip).Assembly.GetTypes()
            from method in type.GetMethods(AllMethods)
            let name = method.GetCustomAttribute<FunctionAttribute>()?.Name
            where name is not null
            select Describe(name, method);

        Assert.Equal(attributes.Order(StringComparer.Ordinal), metadata.Select(function => Describe(function!)).Order(StringComparer.Ordinal));
    }

    private static string Describe(string name, MethodInfo method)
    {
        var attributes = method.GetParameters().SelectMany(parameter => parameter.GetCustomAttributes()).ToList();
        return attributes.OfType<HttpTriggerAttribute>().SingleOrDefault() is { } http
            ? Http(name, http.Methods!, http.Route, http.AuthLevel.ToString())
            : attributes.OfType<OrchestrationTriggerAttribute>().Any() ? $"{name}: orchestrator"
            : attributes.OfType<ActivityTriggerAttribute>().Any() ? $"{name}: activity"
            : throw new InvalidOperationException($"The function {name} has no trigger of a kind that this test knows.");
    }

    private static string Describe(JsonNode function)
    {
        var name = function["name"]!.GetValue<string>();
        var trigger = function["bindings"]!.AsArray().Single(binding => binding!["type"]!.GetValue<string>().EndsWith("Trigger", StringComparison.Ordinal))!;
        return trigger["type"]!.GetValue<string>() switch
        {
            "httpTrigger" => Http(
                name, trigger["methods"].Deserialize<string[]>()!, trigger["route"]?.GetValue<string>(), trigger["authLevel"]!.GetValue<string>()),
            "orchestrationTrigger" => $"{name}: orchestrator",
            "activityTrigger" => $"{name}: activity",
            var other => $"{name}: {other}",
        };
    }

    private static string Http(string name, IEnumerable<string> methods, string? route, string level) =>
        $"{name}: {string.Join(',', methods.Order(StringComparer.Ordinal))} {route ?? name} ({level})";
}

using System.Text.Json;
using System.Text.Json.Nodes;
using BookingFunctions.Saga;
using LocalFunctionsHost.Functions;

namespace BookingFunctions.Tests.AzureHost;

/// <summary><c>functions.metadata</c>, which the build makes for the Functions host, against what the local host finds.</summary>
public class GeneratedMetadataTests
{
    [Fact]
    public async Task Azure_host_serves_the_functions_routes_methods_and_levels_of_the_local_host()
    {
        var metadata = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "functions.metadata")))!.AsArray();
        var local = FunctionDiscovery.Find(typeof(BookTrip).Assembly.GetTypes());

        Assert.Equal(
            local.Http.Select(function => Http(function.Method.Name, function.Methods, function.Route, function.Level.ToString()))
                .Concat(local.Orchestrators.Select(function => $"{function.Method.Name}: orchestrator"))
                .Concat(local.Activities.Select(function => $"{function.Method.Name}: activity"))
                .Order(StringComparer.Ordinal),
            metadata.Select(function => Describe(function!)).Order(StringComparer.Ordinal));
    }

    private static string Describe(JsonNode function)
    {
        var name = function["name"]!.GetValue<string>();
        var trigger = function["bindings"]!.AsArray().Single(
            binding => binding!["type"]!.GetValue<string>().EndsWith("Trigger", StringComparison.Ordinal))!;
        return trigger["type"]!.GetValue<string>() switch
        {
            "httpTrigger" => Http(
                name,
                trigger["methods"].Deserialize<string[]>()!.Select(method => method.ToUpperInvariant()),
                trigger["route"]?.GetValue<string>() ?? name,
                trigger["authLevel"]!.GetValue<string>()),
            "orchestrationTrigger" => $"{name}: orchestrator",
            "activityTrigger" => $"{name}: activity",
            var other => $"{name}: {other}",
        };
    }

    private static string Http(string name, IEnumerable<string> methods, string route, string level) =>
        $"{name}: {string.Join(',', methods.Order(StringComparer.Ordinal))} {route} ({level})";
}

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace BookingFunctions.Tests.LocalFunctionsHost.Management;

/// <summary>Compares an answer with an expectation in which what differs from run to run is in parentheses.</summary>
/// <param name="host">The host's address.</param>
internal sealed class ExpectedJson(string host)
{
    private readonly List<string> differences = [];

    /// <summary>Finds what is different; nothing if the answer is as expected.</summary>
    public IReadOnlyList<string> Differences(JsonNode? expected, JsonNode? actual)
    {
        differences.Clear();
        Compare("$", expected, actual);
        return [.. differences];
    }

    /// <summary>Whether a text is as expected.</summary>
    public bool Matches(string expected, string actual) => Pattern(expected).IsMatch(actual);

    private void Compare(string path, JsonNode? expected, JsonNode? actual)
    {
        switch (expected)
        {
            case JsonValue value when value.TryGetValue<string>(out var text):
                if (text != "(any)"
                    && !(actual is JsonValue found && found.TryGetValue<string>(out var actualText) && Matches(text, actualText)))
                {
                    Differ(path, expected, actual);
                }

                break;
            case JsonObject { Count: 1 } embedded when embedded.TryGetPropertyValue("(json)", out var inner):
                Compare(path, inner, JsonNode.Parse(actual?.GetValue<string>() ?? "null"));
                break;
            case JsonObject fields when actual is JsonObject actualFields:
                CompareFields(path, fields, actualFields);
                break;
            case JsonArray items when actual is JsonArray actualItems && items.Count == actualItems.Count:
                for (var i = 0; i < items.Count; i++)
                {
                    Compare($"{path}[{i}]", items[i], actualItems[i]);
                }

                break;
            case JsonObject { Count: 0 } when actual is null && path.EndsWith(".Properties", StringComparison.Ordinal):
                // The genuine host shows no properties as {} or null, as they came to it.
                break;
            default:
                if (!JsonNode.DeepEquals(expected, actual))
                {
                    Differ(path, expected, actual);
                }

                break;
        }
    }

    private void CompareFields(string path, JsonObject expected, JsonObject actual)
    {
        var missing = expected.Select(field => field.Key).Except(actual.Select(field => field.Key)).ToList();
        var extra = actual.Select(field => field.Key).Except(expected.Select(field => field.Key)).ToList();
        if (missing.Count + extra.Count > 0)
        {
            differences.Add($"{path}: missing [{string.Join(", ", missing)}], extra [{string.Join(", ", extra)}]");
        }

        foreach (var (name, value) in expected.Where(field => !missing.Contains(field.Key)))
        {
            Compare($"{path}.{name}", value, actual[name]);
        }
    }

    private void Differ(string path, JsonNode? expected, JsonNode? actual) =>
        differences.Add($"{path}: expected {expected?.ToJsonString() ?? "null"}, got {actual?.ToJsonString() ?? "null"}");

    private Regex Pattern(string expected) => new(
        "^" + Regex.Escape(expected)
            .Replace(@"\(time\)", @"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)", StringComparison.Ordinal)
            .Replace(@"\(id\)", "([0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})", StringComparison.Ordinal)
            .Replace(@"\(stack\)", @"\s*at .+", StringComparison.Ordinal)
            .Replace(@"\(host\)", Regex.Escape(host), StringComparison.Ordinal)
            .Replace(@"\(key\)", "[^&]+", StringComparison.Ordinal)
            .Replace(@"\(Order\)", Regex.Escape(typeof(Order).FullName!), StringComparison.Ordinal)
            .Replace(@"\(ProviderException\)", Regex.Escape(typeof(ProviderException).FullName!), StringComparison.Ordinal) + "$",
        RegexOptions.Singleline);
}

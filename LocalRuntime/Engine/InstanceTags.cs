using System.Text.Json;

namespace LocalRuntime.Engine;

/// <summary>An instance's tags as the JSON object that its row has.</summary>
internal static class InstanceTags
{
    public static string? Write(IEnumerable<KeyValuePair<string, string>>? tags) =>
        tags is not null && tags.Any() ? JsonSerializer.Serialize(tags.ToDictionary()) : null;

    public static Dictionary<string, string> Read(string? json) =>
        json is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? [];
}

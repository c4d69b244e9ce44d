using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using LocalRuntime.Storage;

namespace BookingFunctions.Tests.Upgrades;

/// <summary>
/// A trip as a version of the app has run it: every write to the store, in order. So the store can be had as it was after each of them.
/// </summary>
internal sealed partial record RecordedTrip(string Version, string Kind, IReadOnlyList<RecordedWrite> Writes)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    private static string Folder => typeof(RecordedTrip).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "RecordedTripsFolder").Value!;

    /// <summary>The id of the trip.</summary>
    public string Id => (Writes[0].Start?.Row ?? Writes[0].Create!.Row).InstanceId;

    /// <summary>The versions that there are recorded trips of.</summary>
    public static IReadOnlyList<string> Versions => [.. Directory.EnumerateDirectories(Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    /// <summary>The recorded trips, by version and kind.</summary>
    public static IEnumerable<(string Version, string Kind)> All =>
        from version in Versions
        from file in Directory.EnumerateFiles(Path.Combine(Folder, version), "*.jsonl").Order(StringComparer.Ordinal)
        select (version, Path.GetFileNameWithoutExtension(file));

    public static RecordedTrip Load(string version, string kind) => new(
        version, kind, [.. File.ReadLines(FileOf(version, kind)).Select(line => JsonSerializer.Deserialize<RecordedWrite>(line, Json)!)]);

    public void Save()
    {
        Directory.CreateDirectory(Path.Combine(Folder, Version));

        // Stack traces are most of it, name files of the machine, and say nothing about what a trip does.
        File.WriteAllLines(FileOf(Version, Kind), Writes.Select(write => StackTrace().Replace(JsonSerializer.Serialize(write, Json), "")));
    }

    /// <summary>Makes the store as it was after a number of writes.</summary>
    public async Task<InMemoryOrchestrationStore> StoreAfterAsync(int count)
    {
        var store = new InMemoryOrchestrationStore();
        foreach (var write in Writes.Take(count))
        {
            await write.ApplyAsync(store);
        }

        return store;
    }

    private static string FileOf(string version, string kind) => Path.Combine(Folder, version, $"{kind}.jsonl");

    // In JSON, and in JSON within its strings.
    [GeneratedRegex(@",(\\*)""[Ss]tackTrace\\*"":\\*""[^""]*""")]
    private static partial Regex StackTrace();
}

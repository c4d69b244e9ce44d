using System.Reflection;

namespace BookingFunctions.Tests.Histories;

/// <summary>A trip as a version of the app has run it on the Durable Task Framework: every turn of its instances, in order.</summary>
internal sealed record RecordedTrip(string Version, string Kind, IReadOnlyList<RecordedTurn> Turns)
{
    private static string Folder => typeof(RecordedTrip).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "HistoriesFolder").Value!;

    /// <summary>The recorded trips, by version and kind.</summary>
    public static IReadOnlyList<(string Version, string Kind)> All =>
    [
        .. from folder in Directory.EnumerateDirectories(Folder).Order(StringComparer.Ordinal)
           from file in Directory.EnumerateFiles(folder, "*.jsonl").Order(StringComparer.Ordinal)
           select (Path.GetFileName(folder), Path.GetFileNameWithoutExtension(file)),
    ];

    public static RecordedTrip Load(string version, string kind) =>
        new(version, kind, [.. File.ReadLines(FileOf(version, kind)).Select(RecordedTurn.Read)]);

    public void Save()
    {
        Directory.CreateDirectory(Path.Combine(Folder, Version));
        File.WriteAllLines(FileOf(Version, Kind), Turns.Select(turn => turn.ToLine()));
    }

    private static string FileOf(string version, string kind) => Path.Combine(Folder, version, $"{kind}.jsonl");
}

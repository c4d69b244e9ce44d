using System.Text.RegularExpressions;
using BookingFunctions.Tests.Infra;

namespace BookingFunctions.Tests.Architecture;

/// <summary>
/// Within a project, a folder refers to the folders before it only. The project's own folder comes last: it puts them together.
/// </summary>
public sealed partial class FolderTests
{
    private static readonly Dictionary<string, string[]> Folders = new()
    {
        ["BookingFunctions"] =
            ["Trips", "Storage", "Travel", "Saga", "Activities", "Reconciliation", "Telemetry", "Web", "Http"],
        ["DurableTask.Sqlite"] = ["Timers", "Storage", "History", "Instances", "Work", "Payloads", "Queries", "Retention"],
        ["LocalFunctionsHost"] =
            ["Settings", "Backends", "Http", "Keys", "Client", "Functions", "Worker", "Management", "Pipeline"],
        ["BookingFunctions.Local"] = ["Storage", "WhatIf", "Backends"],
        ["BookingFunctions.Simulation"] =
            ["Scheduling", "Time", "Dispatch", "Disk", "Worlds", "Functions", "Checks", "Workload", "Runs"],
        ["BookingFunctions.Benchmarks"] = ["Load", "Servers", "Runs", "Costs", "Scaling", "Reports", "Commands"],
    };

    public static TheoryData<string> Projects => [.. Folders.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_folder_refers_to_lower_ones_only(string project)
    {
        var files = Read(project);
        var rootTypes = files.Where(file => file.Folder.Length == 0).SelectMany(file => Declaration().Matches(file.Text))
            .Select(type => type.Groups[1].Value).ToHashSet();

        var upward =
            from file in files
            from folder in References(project, file.Text, rootTypes)
            where Level(project, folder) > Level(project, file.Folder)
            select $"{file.Name} refers up to {(folder.Length == 0 ? project : folder)}";

        Assert.Equal("", string.Join(Environment.NewLine, upward.Distinct()));
    }

    private static IEnumerable<string> References(string project, string text, HashSet<string> rootTypes)
    {
        // Types of the project's own folder need no using.
        var names = Name().Matches(text).Select(name => name.Value).ToHashSet();
        var folders = Folders[project].Where(folder =>
            Regex.IsMatch(text, $@"\b{Regex.Escape(project)}\.{folder}\b|(?<![\w.""]){folder}\.[A-Z]"));
        return rootTypes.Overlaps(names) ? folders.Append("") : folders;
    }

    private static int Level(string project, string folder) =>
        folder.Length == 0 ? int.MaxValue
        : Array.IndexOf(Folders[project], folder) is >= 0 and var level ? level
        : throw new InvalidOperationException($"{project}/{folder} has no place in the order of folders: give it one.");

    private static List<(string Name, string Folder, string Text)> Read(string project)
    {
        var root = Path.Combine(BicepCompiler.Folder, "..", project == "BookingFunctions.Benchmarks" ? "benchmarks" : project);
        return
        [
            .. from file in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
               let name = Path.GetRelativePath(root, file)
               let parts = name.Split(Path.DirectorySeparatorChar)
               where parts[0] is not ("bin" or "obj")
               select (name, parts.Length == 1 ? "" : parts[0], File.ReadAllText(file)),
        ];
    }

    [GeneratedRegex(@"^(?:\w+ )*(?:class|record|struct|interface|enum) (\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"(?<![\w.""])[A-Z]\w+")]
    private static partial Regex Name();
}

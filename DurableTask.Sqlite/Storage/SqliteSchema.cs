using System.Globalization;
using System.Reflection;

namespace DurableTask.Sqlite.Storage;

/// <summary>The tables of a component, as the scripts that make each version of them from the one before.</summary>
/// <param name="Component">Its name, by which a store's file keeps the version. It must not change.</param>
/// <param name="Scripts">
/// SQL statements that make version 1, 2 and so on. One that was released is never changed; all run in one transaction.
/// </param>
public sealed record SqliteSchema(string Component, IReadOnlyList<string> Scripts)
{
    /// <summary>The tables of the orchestrations, which every store has.</summary>
    internal static SqliteSchema Orchestrations { get; } =
        FromResources("orchestrations", typeof(SqliteSchema).Assembly, "DurableTask.Sqlite.Schema");

    /// <summary>Reads scripts that are embedded in an assembly as <c>prefix.0001.sql</c>, <c>prefix.0002.sql</c> and so on.</summary>
    /// <param name="component">The component's name.</param>
    /// <param name="assembly">The assembly.</param>
    /// <param name="prefix">What stands before the number: by default, the project's root namespace and the folder, with dots.</param>
    /// <exception cref="ArgumentException">There is no such script.</exception>
    public static SqliteSchema FromResources(string component, Assembly assembly, string prefix)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        List<string> scripts = [];
        while (assembly.GetManifestResourceStream(NameOf(prefix, scripts.Count + 1)) is { } stream)
        {
            using StreamReader reader = new(stream);
            scripts.Add(reader.ReadToEnd());
        }

        return scripts.Count > 0
            ? new SqliteSchema(component, scripts)
            : throw new ArgumentException(
                $"The assembly '{assembly.GetName().Name}' has no resource '{NameOf(prefix, 1)}'.", nameof(prefix));
    }

    private static string NameOf(string prefix, int version) => string.Create(CultureInfo.InvariantCulture, $"{prefix}.{version:0000}.sql");
}

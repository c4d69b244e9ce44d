namespace Microsoft.DurableTask;

/// <summary>Names the orchestrator or activity that a class implements, where that isn't the class's own name.</summary>
/// <param name="name">The name; null or empty for the class's own.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class DurableTaskAttribute(string? name = null) : Attribute
{
    /// <summary>The name; the default value for the class's own.</summary>
    public TaskName Name { get; } = name!;

    /// <summary>
    /// The version that the class implements; null or empty for none. Several classes may have one name and different versions.
    /// </summary>
    public string? Version { get; set; }
}

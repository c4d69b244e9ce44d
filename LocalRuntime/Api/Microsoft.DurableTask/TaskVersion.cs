namespace Microsoft.DurableTask;

/// <summary>The version of an orchestrator. Versions that differ only in letter case are equal.</summary>
public readonly struct TaskVersion : IEquatable<TaskVersion>
{
    /// <summary>No version: equal to that of an empty text.</summary>
    public static readonly TaskVersion Unversioned;

    private readonly string? text;

    /// <summary>Makes a version.</summary>
    /// <param name="version">The text of the version; null or empty for none.</param>
    /// <exception cref="ArgumentException">The text is white space.</exception>
    public TaskVersion(string? version)
    {
        if (!string.IsNullOrEmpty(version) && string.IsNullOrWhiteSpace(version))
        {
            throw new ArgumentException("A version can't be white space. Pass null or an empty text for no version.", nameof(version));
        }

        text = version;
    }

    /// <summary>The text of the version; empty if there is none.</summary>
    public string Version => text ?? "";

    /// <summary>Gives the text of a version.</summary>
    /// <param name="value">The version.</param>
    public static implicit operator string(TaskVersion value) => value.Version;

    /// <summary>Makes a version of a text.</summary>
    /// <param name="value">The text; null or empty for no version.</param>
    /// <exception cref="ArgumentException">The text is white space.</exception>
    public static implicit operator TaskVersion(string? value) => new(value);

    /// <summary>Tells whether two versions are equal but for letter case.</summary>
    /// <param name="a">One version.</param>
    /// <param name="b">The other version.</param>
    public static bool operator ==(TaskVersion a, TaskVersion b) => a.Equals(b);

    /// <summary>Tells whether two versions differ by more than letter case.</summary>
    /// <param name="a">One version.</param>
    /// <param name="b">The other version.</param>
    public static bool operator !=(TaskVersion a, TaskVersion b) => !a.Equals(b);

    /// <summary>Tells whether another version is equal to this one but for letter case.</summary>
    /// <param name="other">The other version.</param>
    public bool Equals(TaskVersion other) => string.Equals(Version, other.Version, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TaskVersion other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Version);

    /// <summary>Gives the text of the version; empty if there is none.</summary>
    public override string ToString() => Version;
}

namespace Microsoft.DurableTask;

/// <summary>The name of an orchestrator or an activity. Names that differ only in letter case are equal.</summary>
public readonly struct TaskName : IEquatable<TaskName>
{
    /// <summary>Makes a name.</summary>
    /// <param name="name">The text of the name. Null gives the default value, which names nothing.</param>
    public TaskName(string name)
    {
        Name = name;
    }

    /// <summary>The text of the name; null in the default value.</summary>
    public string Name { get; }

    /// <summary>Gives the text of a name.</summary>
    /// <param name="value">The name.</param>
    public static implicit operator string(TaskName value) => value.Name;

    /// <summary>Makes a name of a text.</summary>
    /// <param name="value">The text. Null and the empty text give the default value, which names nothing.</param>
    public static implicit operator TaskName(string value) => string.IsNullOrEmpty(value) ? default : new(value);

    /// <summary>Tells whether two names are equal but for letter case.</summary>
    /// <param name="a">One name.</param>
    /// <param name="b">The other name.</param>
    public static bool operator ==(TaskName a, TaskName b) => a.Equals(b);

    /// <summary>Tells whether two names differ by more than letter case.</summary>
    /// <param name="a">One name.</param>
    /// <param name="b">The other name.</param>
    public static bool operator !=(TaskName a, TaskName b) => !a.Equals(b);

    /// <summary>Tells whether another name is equal to this one but for letter case.</summary>
    /// <param name="other">The other name.</param>
    public bool Equals(TaskName other) => string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TaskName other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Name is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(Name);

    /// <summary>Gives the text of the name; null in the default value.</summary>
    public override string ToString() => Name;
}

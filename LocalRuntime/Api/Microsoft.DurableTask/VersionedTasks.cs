namespace Microsoft.DurableTask;

/// <summary>The orchestrators or the activities of a registry, by name and version.</summary>
/// <typeparam name="T">What they are.</typeparam>
internal sealed class VersionedTasks<T>
    where T : class
{
    private readonly Dictionary<(TaskName Name, TaskVersion Version), Func<IServiceProvider, T>> factories = [];

    /// <summary>Gets each name with its version, if it has one, as text.</summary>
    public IEnumerable<string> Names => factories.Keys.Select(key => key.Version == default ? key.Name.Name : $"{key.Name} {key.Version}");

    /// <summary>Gets an entry for each version of each name.</summary>
    public IEnumerable<KeyValuePair<TaskName, Func<IServiceProvider, T>>> Factories =>
        factories.Select(entry => KeyValuePair.Create(entry.Key.Name, entry.Value));

    /// <exception cref="ArgumentException">The name has that version already, or is the default value.</exception>
    public void Add(TaskName name, TaskVersion version, Func<IServiceProvider, T> factory)
    {
        if (name == default)
        {
            throw new ArgumentException("A name is needed: it can't be the default value.", nameof(name));
        }

        ArgumentNullException.ThrowIfNull(factory);
        if (!factories.TryAdd((name, version), factory))
        {
            throw new ArgumentException(
                $"An {typeof(T).Name} named '{name}'{(version == default ? "" : $" with the version '{version}'")} is already added;"
                + " names that differ only in letter case are equal.",
                nameof(name));
        }
    }

    /// <summary>Makes the version that is asked for; what has no versions at all serves every one.</summary>
    /// <returns>The task, or null if there is none.</returns>
    public T? Create(TaskName name, TaskVersion version, IServiceProvider services) =>
        factories.TryGetValue((name, version), out var factory)
        || (factories.TryGetValue((name, default), out factory) && factories.Keys.Count(key => key.Name == name) == 1)
            ? factory(services)
            : null;
}

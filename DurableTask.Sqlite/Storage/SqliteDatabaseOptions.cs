namespace DurableTask.Sqlite.Storage;

/// <summary>How a store's file is opened.</summary>
public sealed record SqliteDatabaseOptions
{
    /// <summary>
    /// The file. It and the folders above it are created if they are missing; beside it, it has <c>.lock</c>, <c>-wal</c> and
    /// <c>-shm</c> files.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>Schedules the probes of a store that could not be written. The system's by default.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The app's own tables, in the order in which they are made; the tables of the orchestrations are made before them.</summary>
    public IReadOnlyList<SqliteSchema> Schemas { get; init; } = [];
}

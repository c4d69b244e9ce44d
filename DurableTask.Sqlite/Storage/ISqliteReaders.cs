namespace DurableTask.Sqlite.Storage;

/// <summary>Reads what is committed: from a file beside the committer, or from memory on the calling thread.</summary>
internal interface ISqliteReaders : IAsyncDisposable
{
    /// <summary>Reads as of one moment.</summary>
    Task<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellation);
}

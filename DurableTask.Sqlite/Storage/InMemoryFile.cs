using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DurableTask.Sqlite.Storage;

/// <summary>A database in memory, which outlives those that have it open as a file outlives a process.</summary>
internal sealed class InMemoryFile : IDisposable
{
    private const uint NoCopy = 1;
    private const uint ReadOnly = 4;

    private readonly SqliteConnection connection;

    public InMemoryFile()
    {
        connection = new SqliteConnection("Data Source=file:simulated?vfs=memdb;Pooling=False");
        connection.Open();
        Session = new SqliteSession(connection);

        // Changes stay in the connection's cache until the commit, so that the bytes of the database are what is committed.
        Session.RunScript("PRAGMA journal_mode = MEMORY; PRAGMA cache_spill = OFF; PRAGMA temp_store = MEMORY");
    }

    /// <summary>The one connection that writes.</summary>
    public SqliteSession Session { get; }

    /// <summary>Opens a connection that reads what is committed, while a transaction is open. It must be closed before the next commit.</summary>
    public SqliteSession OpenCommitted()
    {
        var bytes = raw.sqlite3_serialize(Session.Handle, "main", out var size, (int)NoCopy);
        SqliteConnection reader = new("Data Source=:memory:;Pooling=False");
        reader.Open();
        SqliteException.ThrowExceptionForRC(
            raw.sqlite3_deserialize(reader.Handle!, "main", bytes, size, size, (int)ReadOnly), reader.Handle!);
        return new SqliteSession(reader);
    }

    public void Dispose() => Session.Close();
}

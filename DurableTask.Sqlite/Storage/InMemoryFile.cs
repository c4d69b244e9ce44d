using System.Globalization;
using Microsoft.Data.Sqlite;

namespace DurableTask.Sqlite.Storage;

/// <summary>A database in memory, which outlives those that have it open as a file outlives a process.</summary>
internal sealed class InMemoryFile : IDisposable
{
    private static int count;

    private SqliteSession? committed;

    public InMemoryFile()
    {
        Uri = string.Create(CultureInfo.InvariantCulture, $"file:/simulated-{Interlocked.Increment(ref count)}?vfs=memdb");

        // Changes stay in the connection's cache until the commit, so that the bytes of the database are what is committed.
        Session = Connect(Uri);
        Session.RunScript("PRAGMA journal_mode = MEMORY; PRAGMA cache_spill = OFF; PRAGMA temp_store = MEMORY");
    }

    /// <summary>The one connection that writes.</summary>
    public SqliteSession Session { get; }

    /// <summary>
    /// A connection that reads what is committed, also while a transaction is open: it takes no locks, as all have one thread.
    /// </summary>
    public SqliteSession Committed => committed ??= Connect($"{Uri}&nolock=1");

    /// <summary>Awaited before and after each read, which may fail so; null if reads are to complete at once.</summary>
    public Func<Task>? Pause { get; set; }

    private string Uri { get; }

    public void Dispose()
    {
        committed?.Close();
        Session.Close();
    }

    private static SqliteSession Connect(string uri)
    {
        SqliteConnection connection = new($"Data Source={uri};Pooling=False");
        connection.Open();
        return new SqliteSession(connection);
    }
}

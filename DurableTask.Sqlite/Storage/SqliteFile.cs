using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DurableTask.Sqlite.Storage;

/// <summary>Opens a store's file: locked, checked to be ours and not too new, and brought to the present version.</summary>
internal static class SqliteFile
{
    /// <summary>Marks a file as ours ("DTSQ" in ASCII), as <c>file</c> and <c>PRAGMA application_id</c> show it.</summary>
    public const int ApplicationId = 0x44545351;

    // "Trip" in ASCII: the files of the engine before this one.
    private const int FormerApplicationId = 0x54726970;

    private const int NotADatabase = 26;
    private const int Corrupt = 11;

    // In bytes: a page of the smallest size.
    private const int SmallestDatabase = 512;

    /// <summary>Takes the lock of a file; it is held until the stream is disposed, or the process ends however it ends.</summary>
    public static FileStream Lock(string path)
    {
        string lockPath = path + ".lock";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);

            // It stays when it is given back: removing it would let one process lock the old file and another the new one.
            return new FileStream(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (IsInUse(exception))
        {
            throw new StoreLockedException(
                $"The store '{path}' is in use by another process. Stop that one, or name another file.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreOpenException(
                $"The store '{path}' can't be opened: {exception.Message} Check the path and its permissions.", exception);
        }
    }

    /// <summary>Opens the connection that writes, and brings the tables to the present version.</summary>
    public static SqliteSession OpenWriter(SqliteDatabaseOptions options)
    {
        var path = options.Path;
        SqliteSession? session = null;
        try
        {
            CheckIsComplete(path);
            session = Connect(path);
            Prepare(options, session);
            if (session.Text("PRAGMA journal_mode = WAL") != "wal")
            {
                throw new StoreOpenException(
                    $"The store '{path}' is on a file system without shared memory, which SQLite's WAL needs. "
                    + "Name a file on a local disk.");
            }

            // Commits are flushed by the WalFlusher from here on. The first read makes the -wal file, which it opens.
            session.RunScript("PRAGMA synchronous = NORMAL; SELECT 1 FROM sqlite_schema");
            return session;
        }
        catch (SqliteException exception)
        {
            session?.Close();
            throw Explained(path, exception);
        }
        catch
        {
            session?.Close();
            throw;
        }
    }

    /// <summary>Checks what a connection has opened, and brings its tables to the present version.</summary>
    public static void Prepare(SqliteDatabaseOptions options, SqliteSession session)
    {
        Check(options.Path, session);

        if (session.Number("PRAGMA application_id") == 0)
        {
            // A row that changes is a page that is written: small ones.
            session.RunScript("PRAGMA page_size = 4096; PRAGMA auto_vacuum = INCREMENTAL");
        }

        // A checkpoint makes the writers wait: few larger ones cost less than many small ones, and write each page once. A -wal file that
        // stays is written faster than one that grows. SQLite goes through all of its cache at most commits, and the operating system has
        // one too.
        session.RunScript(
            """
            PRAGMA synchronous = FULL;
            PRAGMA wal_autocheckpoint = 16000;
            PRAGMA journal_size_limit = 134217728;
            PRAGMA cache_size = -8000;
            PRAGMA temp_store = MEMORY;
            """);
        Migrations.Run(options, session);
    }

    /// <summary>Opens a connection that reads.</summary>
    public static SqliteSession OpenReader(string path)
    {
        SqliteSession session = Connect(path);
        session.RunScript("PRAGMA query_only = TRUE; PRAGMA temp_store = MEMORY");
        return session;
    }

    private static SqliteSession Connect(string path)
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            connection.Open();
            SqliteSession session = new(connection);
            session.RunScript("PRAGMA busy_timeout = 10000");
            return session;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // SQLite would take such a file for a new one, and remove what belongs to the old one.
    private static void CheckIsComplete(string path)
    {
        FileInfo file = new(path);
        FileInfo wal = new(path + "-wal");
        if (wal is { Exists: true, Length: > 0 } && file is not { Exists: true, Length: > 0 })
        {
            throw new StoreOpenException(
                $"The store '{path}' is {(file.Exists ? "empty" : "missing")}, "
                + $"but '{wal.FullName}', which holds its latest changes, is not. Put the file back, or restore both from a backup.");
        }

        // Unless a rollback journal is there: then a crash has interrupted the very first write, and SQLite undoes that.
        if (file is { Exists: true, Length: > 0 and < SmallestDatabase } && !File.Exists(path + "-journal"))
        {
            throw new StoreOpenException(NotAStore(path));
        }
    }

    private static void Check(string path, SqliteSession session)
    {
        if (raw.sqlite3_db_readonly(session.Handle, "main") != 0)
        {
            throw new StoreOpenException(
                $"The store '{path}' can't be written. Give this program's user the right to, or name another file.");
        }

        var application = session.Number("PRAGMA application_id");
        if (application == FormerApplicationId)
        {
            throw new StoreVersionException(
                $"The store '{path}' was written by the former version of this program, whose files this one doesn't read. "
                + "It was left as it is: keep it for that version, and name another file.");
        }

        if (application != ApplicationId && (application != 0 || session.Number("SELECT count(*) FROM sqlite_schema") != 0))
        {
            throw new StoreOpenException(
                $"The file '{path}' is an SQLite database, but not a store of this program. It was left as it is; name another file.");
        }
    }

    private static StoreOpenException Explained(string path, SqliteException exception) => exception.SqliteErrorCode switch
    {
        NotADatabase => new(NotAStore(path), exception),
        Corrupt => new($"The store '{path}' is damaged ({exception.Message}). Restore it from a backup, or name another file.", exception),
        _ => new(
            $"The store '{path}' can't be opened: {exception.Message} Check the path, its permissions and the disk's space.", exception),
    };

    private static string NotAStore(string path) =>
        $"The file '{path}' is not a store: it is no SQLite database. It was left as it is; name another file.";

    private static bool IsInUse(IOException exception) => OperatingSystem.IsWindows()
        ? (exception.HResult & 0xFFFF) is 32 or 33 // ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
        : exception.HResult is 11 or 35; // EWOULDBLOCK on Linux, and on macOS
}

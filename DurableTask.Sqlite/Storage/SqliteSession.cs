using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DurableTask.Sqlite.Storage;

/// <summary>
/// A connection with its prepared statements, as a read or a write of <see cref="SqliteDatabase"/> gets it. It is always
/// in a transaction, which is not the caller's to end, and must not be used after the call it was given to.
/// </summary>
public sealed class SqliteSession
{
    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteStatement> statements = new(StringComparer.Ordinal);
    private readonly List<SqliteStatement> open = [];
    private byte[] text = new byte[4096];
    private long statementCount;

    internal SqliteSession(SqliteConnection connection)
    {
        this.connection = connection;
        Handle = connection.Handle!;
    }

    internal sqlite3 Handle { get; }

    /// <summary>The texts of the statements that were prepared so far.</summary>
    internal IReadOnlyCollection<string> Texts => statements.Keys;

    // False once SQLite has rolled back by itself, as it may when the disk is full or broken.
    internal bool InTransaction => raw.sqlite3_get_autocommit(Handle) == 0;

    /// <summary>The row id of the last row that was inserted.</summary>
    internal long LastInsertedRow => raw.sqlite3_last_insert_rowid(Handle);

    /// <summary>
    /// Gives the prepared statement of a text, ready to be bound. It is prepared once, and then kept: so vary values, not texts.
    /// </summary>
    /// <param name="sql">One SQL statement. Only one use of it at a time.</param>
    /// <exception cref="SqliteException">The text can't be prepared.</exception>
    public SqliteStatement Statement(string sql)
    {
        statementCount++;
        if (statements.TryGetValue(sql, out SqliteStatement? statement))
        {
            statement.Reset();
            return statement;
        }

        statement = new SqliteStatement(this, sql);
        statements.Add(sql, statement);
        return statement;
    }

    /// <summary>Runs SQL statements that have no parameters, without keeping them.</summary>
    /// <param name="sql">The statements.</param>
    /// <exception cref="SqliteException">One of them failed.</exception>
    public void RunScript(string sql) => SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(Handle, sql), Handle);

    /// <summary>How many statements were used since the last call.</summary>
    internal long TakeStatementCount()
    {
        long count = statementCount;
        statementCount = 0;
        return count;
    }

    internal long Number(string sql)
    {
        SqliteStatement statement = Statement(sql);
        long number = statement.Read() ? statement.Number(0) : 0;
        statement.Reset();
        return number;
    }

    internal string Text(string sql)
    {
        SqliteStatement statement = Statement(sql);
        string text = statement.Read() ? statement.Text(0) : "";
        statement.Reset();
        return text;
    }

    internal Span<byte> TextBuffer(int size)
    {
        if (text.Length < size)
        {
            text = new byte[size];
        }

        return text;
    }

    internal void Opened(SqliteStatement statement) => open.Add(statement);

    // A statement that was not read to its end would keep the transaction's view of the database alive.
    internal void ResetStatements()
    {
        foreach (SqliteStatement statement in open)
        {
            if (statement.IsOpen)
            {
                statement.Reset();
            }
        }

        open.Clear();
    }

    internal void Close()
    {
        foreach (SqliteStatement statement in statements.Values)
        {
            statement.Close();
        }

        statements.Clear();
        connection.Dispose();
    }
}

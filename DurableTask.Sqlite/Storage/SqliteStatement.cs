using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DurableTask.Sqlite.Storage;

/// <summary>
/// A prepared statement, kept by its <see cref="SqliteSession"/>. Values are bound in the order of the parameters; then
/// either <see cref="Run"/>, or <see cref="Read"/> until it answers false.
/// </summary>
public sealed class SqliteStatement
{
    private const int LongText = 16 * 1024;

    private readonly SqliteSession session;
    private readonly sqlite3_stmt handle;
    private int bound;

    // Not SqliteCommand: it boxes each value and looks parameters up by name on each run, which costs as much as SQLite itself.
    internal SqliteStatement(SqliteSession session, string sql)
    {
        this.session = session;
        int result = raw.sqlite3_prepare_v3(session.Handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out handle);
        SqliteException.ThrowExceptionForRC(result, session.Handle);
    }

    // Whether it stands on a row, and so holds on to the database as it was.
    internal bool IsOpen { get; private set; }

    /// <summary>Binds the next parameter.</summary>
    /// <param name="value">Its value.</param>
    public SqliteStatement Bind(long value) => Bound(raw.sqlite3_bind_int64(handle, ++bound, value));

    /// <summary>Binds the next parameter.</summary>
    /// <param name="value">Its value, or null.</param>
    public SqliteStatement Bind(long? value) => value is { } number ? Bind(number) : BindNull();

    /// <summary>Binds the next parameter, as a number of ticks.</summary>
    /// <param name="utc">Its value in UTC.</param>
    public SqliteStatement Bind(DateTime utc) => Bind(utc.Ticks);

    /// <summary>Binds the next parameter, as a number of ticks.</summary>
    /// <param name="utc">Its value in UTC, or null.</param>
    public SqliteStatement Bind(DateTime? utc) => Bind(utc?.Ticks);

    /// <summary>Binds the next parameter.</summary>
    /// <param name="value">Its value, or null.</param>
    public SqliteStatement Bind(string? value)
    {
        if (value is null)
        {
            return BindNull();
        }

        // An empty span would be bound as null; a long text isn't worth a buffer that stays.
        if (value.Length is 0 or > LongText)
        {
            return Bound(raw.sqlite3_bind_text(handle, ++bound, value));
        }

        Span<byte> buffer = session.TextBuffer(Encoding.UTF8.GetMaxByteCount(value.Length));
        int length = Encoding.UTF8.GetBytes(value, buffer);
        return Bound(raw.sqlite3_bind_text(handle, ++bound, buffer[..length]));
    }

    /// <summary>Binds the next parameter.</summary>
    /// <param name="utf8">Its value, a text in UTF-8 that is not empty.</param>
    internal SqliteStatement Bind(byte[] utf8) => Bound(raw.sqlite3_bind_text(handle, ++bound, utf8.AsSpan()));

    /// <summary>Runs the statement to its end.</summary>
    /// <returns>How many rows it inserted, changed or deleted.</returns>
    /// <exception cref="SqliteException">It failed.</exception>
    public int Run()
    {
        while (Read())
        {
        }

        return raw.sqlite3_changes(session.Handle);
    }

    /// <summary>Goes on to the next row.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="SqliteException">The statement failed.</exception>
    public bool Read()
    {
        int result = raw.sqlite3_step(handle);
        if (result == raw.SQLITE_ROW)
        {
            if (!IsOpen)
            {
                IsOpen = true;
                session.Opened(this);
            }

            return true;
        }

        try
        {
            if (result != raw.SQLITE_DONE)
            {
                SqliteException.ThrowExceptionForRC(result, session.Handle);
            }
        }
        finally
        {
            Reset();
        }

        return false;
    }

    /// <summary>Reads a column of the current row as a number.</summary>
    /// <param name="column">Which, from 0.</param>
    /// <returns>The number; 0 for null.</returns>
    public long Number(int column) => raw.sqlite3_column_int64(handle, column);

    /// <summary>Reads a column of the current row as a text.</summary>
    /// <param name="column">Which, from 0.</param>
    /// <returns>The text; empty for null.</returns>
    public string Text(int column) => TextOrNull(column) ?? "";

    /// <summary>Reads a column of the current row as a text.</summary>
    /// <param name="column">Which, from 0.</param>
    /// <returns>The text, or null.</returns>
    public string? TextOrNull(int column) =>
        IsNull(column) ? null : Encoding.UTF8.GetString(raw.sqlite3_column_blob(handle, column));

    /// <summary>Reads a column of the current row that was bound as a time.</summary>
    /// <param name="column">Which, from 0.</param>
    /// <returns>The time, in UTC.</returns>
    public DateTime Time(int column) => new(Number(column), DateTimeKind.Utc);

    /// <summary>Reads a column of the current row that was bound as a time.</summary>
    /// <param name="column">Which, from 0.</param>
    /// <returns>The time, in UTC, or null.</returns>
    public DateTime? TimeOrNull(int column) => IsNull(column) ? null : Time(column);

    internal void Reset()
    {
        // What it returns is the failure of the last step, which was reported then.
        _ = raw.sqlite3_reset(handle);
        bound = 0;
        IsOpen = false;
    }

    internal void Close() => handle.Dispose();

    private bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    private SqliteStatement BindNull() => Bound(raw.sqlite3_bind_null(handle, ++bound));

    private SqliteStatement Bound(int result)
    {
        SqliteException.ThrowExceptionForRC(result, session.Handle);
        return this;
    }
}

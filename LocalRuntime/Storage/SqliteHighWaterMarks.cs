namespace LocalRuntime.Storage;

/// <summary>
/// The highest instance key and message id ever given, which outlive the rows that had them. Kept in memory by the
/// writer's thread, and written once a group instead of once a row.
/// </summary>
internal sealed class SqliteHighWaterMarks
{
    private long instanceKey;
    private long messageId;
    private bool changed;

    public void RaiseInstanceKey(long key)
    {
        if (key > instanceKey)
        {
            instanceKey = key;
            changed = true;
        }
    }

    public void RaiseMessageId(long id)
    {
        if (id > messageId)
        {
            messageId = id;
            changed = true;
        }
    }

    /// <summary>Writes the marks within the group's transaction.</summary>
    public void Write(SqliteSession session)
    {
        if (!changed)
        {
            return;
        }

        Write(session, "instance_key", instanceKey);
        Write(session, "message_id", messageId);

        // Should the commit fail, what had these ids is gone as well, and the next id given raises the mark again.
        changed = false;
    }

    public static long ReadInstanceKey(SqliteSession session) => Read(session, "instance_key");

    public static long ReadMessageId(SqliteSession session) => Read(session, "message_id");

    // A mark starts at 0 in memory, so the file's own may be the higher one.
    private static void Write(SqliteSession session, string name, long value) =>
        session.Statement("UPDATE high_water SET value = ?1 WHERE name = ?2 AND value < ?1").Bind(value).Bind(name).Run();

    private static long Read(SqliteSession session, string name)
    {
        SqliteStatement statement = session.Statement("SELECT value FROM high_water WHERE name = ?").Bind(name);
        return statement.Read() ? statement.Number(0) : 0;
    }
}

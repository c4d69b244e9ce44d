namespace DurableTask.Sqlite.Storage;

/// <summary>
/// Gives the space of what was purged back to the disk, a little at a time: the last pages of the file move into its free ones,
/// and its end is cut off. Some free pages stay, since what comes next would only make the file grow again.
/// </summary>
internal sealed class SqliteFreeSpace(SqliteSession session)
{
    // 2 MB of pages: a few milliseconds in which writes wait.
    private const int Step = 512;
    private const int Spare = 512;

    private bool isBehind;

    /// <summary>Whether there is much of it. Within a transaction, that costs next to nothing.</summary>
    public bool IsMuch() => session.Number("PRAGMA freelist_count") > Math.Max(Spare, session.Number("PRAGMA page_count") / 10);

    /// <summary>Gives some space back, if there is much of it, in a transaction of its own.</summary>
    /// <returns>Whether there is more.</returns>
    public bool ReturnSome()
    {
        if (!IsMuch())
        {
            ShrinkFile();
            return false;
        }

        long free = session.Number("PRAGMA freelist_count");
        session.Statement($"PRAGMA incremental_vacuum({Step})").Run();
        isBehind = true;

        // A file that was made without the setting stays as large as it is.
        return session.Number("PRAGMA freelist_count") < free;
    }

    // The end of the file is cut off when everything has moved into it from the -wal file.
    private void ShrinkFile()
    {
        if (isBehind)
        {
            isBehind = false;
            session.Statement("PRAGMA wal_checkpoint(PASSIVE)").Run();
        }
    }
}

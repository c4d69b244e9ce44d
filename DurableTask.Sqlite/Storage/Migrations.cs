namespace DurableTask.Sqlite.Storage;

/// <summary>Brings the tables of a store's file to the present version, all of them in one transaction.</summary>
internal static class Migrations
{
    // Its one row is what a probe writes.
    private const string Own =
        """
        CREATE TABLE schema_versions (component TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE probes (number INTEGER NOT NULL) STRICT;
        INSERT INTO probes (number) VALUES (0);
        """;

    /// <summary>Runs the scripts that a file has not had yet. A crash leaves it as it was.</summary>
    /// <exception cref="StoreVersionException">The file has a newer version of a component.</exception>
    public static void Run(SqliteDatabaseOptions options, SqliteSession session)
    {
        session.RunScript("BEGIN IMMEDIATE");
        try
        {
            if (session.Number("PRAGMA application_id") == 0)
            {
                session.RunScript($"PRAGMA application_id = {SqliteFile.ApplicationId}; {Own}");
            }

            Run(options.Path, session, SqliteSchema.Orchestrations);
            foreach (var schema in options.Schemas)
            {
                Run(options.Path, session, schema);
            }

            session.RunScript("COMMIT");
        }
        catch
        {
            session.ResetStatements();
            if (session.InTransaction)
            {
                session.RunScript("ROLLBACK");
            }

            throw;
        }
    }

    private static void Run(string path, SqliteSession session, SqliteSchema schema)
    {
        var row = session.Statement("SELECT version FROM schema_versions WHERE component = ?").Bind(schema.Component);
        var version = row.Read() ? (int)row.Number(0) : 0;
        session.ResetStatements();
        if (version > schema.Scripts.Count)
        {
            throw new StoreVersionException(
                $"The store '{path}' has version {version} of its tables for {schema.Component}, but this program knows versions up to "
                + $"{schema.Scripts.Count} only. Run the newer program, or name another file.");
        }

        if (version == schema.Scripts.Count)
        {
            return;
        }

        foreach (var script in schema.Scripts.Skip(version))
        {
            session.RunScript(script);
        }

        session.Statement(
            """
            INSERT INTO schema_versions (component, version) VALUES (?1, ?2) ON CONFLICT (component) DO UPDATE SET version = ?2
            """)
            .Bind(schema.Component).Bind(schema.Scripts.Count).Run();
    }
}

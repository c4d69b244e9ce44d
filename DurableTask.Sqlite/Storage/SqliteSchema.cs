namespace DurableTask.Sqlite.Storage;

/// <summary>The tables of the orchestrations, and the version that a file says it has of them.</summary>
internal static class SqliteSchema
{
    /// <summary>Marks a file as ours ("Trip" in ASCII), as <c>file</c> and <c>PRAGMA application_id</c> show it.</summary>
    public const int ApplicationId = 0x54726970;

    /// <summary>The version that this program writes: how many of <see cref="Steps"/> a file has.</summary>
    public static int Version => Steps.Length;

    /// <summary>What makes each version of the one before. A step that was published is never changed.</summary>
    /// <remarks>
    /// Times are ticks in UTC. What belongs to an instance hangs on its key, so that a new instance with a used id can't
    /// get anything of the old one.
    /// </remarks>
    public static string[] Steps { get; } =
    [
        """
        CREATE TABLE high_water (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        INSERT INTO high_water (name, value) VALUES ('instance_key', 0), ('message_id', 0);

        CREATE TABLE instances (
          key INTEGER PRIMARY KEY,
          instance_id TEXT NOT NULL UNIQUE,
          execution_id TEXT NOT NULL,
          name TEXT NOT NULL,
          version TEXT,
          status INTEGER NOT NULL,
          created_at INTEGER NOT NULL,
          updated_at INTEGER NOT NULL,
          completed_at INTEGER,
          parent_instance_id TEXT,
          tags TEXT,
          input TEXT,
          output TEXT,
          custom_status TEXT,
          failure TEXT) STRICT;
        CREATE INDEX instances_by_status ON instances (status, instance_id);
        CREATE INDEX instances_by_end ON instances (completed_at) WHERE completed_at IS NOT NULL;
        CREATE INDEX instances_by_parent ON instances (parent_instance_id, instance_id) WHERE parent_instance_id IS NOT NULL;

        CREATE TABLE history (
          instance_key INTEGER NOT NULL,
          turn INTEGER NOT NULL,
          events TEXT NOT NULL,
          PRIMARY KEY (instance_key, turn)) STRICT, WITHOUT ROWID;

        CREATE TABLE inbox (
          instance_key INTEGER NOT NULL,
          message_id INTEGER NOT NULL,
          visible_at INTEGER,
          event TEXT NOT NULL,
          PRIMARY KEY (instance_key, message_id)) STRICT, WITHOUT ROWID;

        CREATE TABLE activities (
          instance_key INTEGER NOT NULL,
          activity_id INTEGER NOT NULL,
          execution_id TEXT NOT NULL,
          task_id INTEGER NOT NULL,
          name TEXT NOT NULL,
          version TEXT,
          input TEXT,
          PRIMARY KEY (instance_key, activity_id)) STRICT, WITHOUT ROWID;

        CREATE TABLE timers (
          instance_key INTEGER NOT NULL,
          timer_id INTEGER NOT NULL,
          fire_at INTEGER NOT NULL,
          PRIMARY KEY (instance_key, timer_id)) STRICT, WITHOUT ROWID;
        """,
        """
        ALTER TABLE activities ADD COLUMN trace_parent TEXT;
        ALTER TABLE activities ADD COLUMN trace_state TEXT;
        """,

        // Turns are appended, whosever they are: those of one group lie side by side, where it took a page for each. What most
        // turns change of the instance is beside their events, and its row is left alone. Completed instances, which are most,
        // are found by their ids.
        """
        ALTER TABLE history RENAME TO history_1;
        CREATE TABLE history (
          id INTEGER PRIMARY KEY,
          instance_key INTEGER NOT NULL,
          turn INTEGER NOT NULL,
          updated_at INTEGER,
          custom_status TEXT,
          events TEXT NOT NULL) STRICT;
        INSERT INTO history (instance_key, turn, events) SELECT instance_key, turn, events FROM history_1 ORDER BY instance_key, turn;
        DROP TABLE history_1;
        CREATE UNIQUE INDEX history_by_instance ON history (instance_key, turn);

        DROP INDEX instances_by_status;
        CREATE INDEX instances_by_status ON instances (status, instance_id) WHERE status <> 1;
        """,

        // From here on, an output of "=" is the custom status, and what begins so has one more in front. Outputs that are no JSON
        // are of instances that were terminated or failed.
        "UPDATE instances SET output = '=' || output WHERE status <> 1 AND output LIKE '=%';",
    ];
}

namespace BookingFunctions.Tests.Backends;

/// <summary>The contract on DurableTask.Sqlite.</summary>
public static class OnSqlite
{
    public sealed class Children : SubOrchestrationContract<SqliteBackend>;

    public sealed class Continuations : ContinueAsNewContract<SqliteBackend>;

    public sealed class Events : EventContract<SqliteBackend>;

    public sealed class Failures : FailureContract<SqliteBackend>;

    public sealed class Histories : HistoryContract<SqliteBackend>;

    public sealed class Messages : MessageContract<SqliteBackend>;

    public sealed class Middleware : MiddlewareContract<SqliteBackend>;

    public sealed class Orchestrations : OrchestrationContract<SqliteBackend>;

    public sealed class Payloads : PayloadContract<SqliteBackend>;

    public sealed class Purges : PurgeContract<SqliteBackend>;

    public sealed class Queries : QueryContract<SqliteBackend>;

    public sealed class Retries : RetryContract<SqliteBackend>;

    public sealed class Rewinds : RewindContract<SqliteBackend>;

    public sealed class Starts : StartContract<SqliteBackend>;

    public sealed class Suspensions : SuspensionContract<SqliteBackend>;

    public sealed class Tags : TagContract<SqliteBackend>;

    public sealed class Terminations : TerminationContract<SqliteBackend>;

    public sealed class Timers : TimerContract<SqliteBackend>;

    public sealed class Traces : TraceContract<SqliteBackend>;

    public sealed class Versions : VersionContract<SqliteBackend>;

    public sealed class Waits : WaitContract<SqliteBackend>;

    public sealed class Workers : WorkerContract<SqliteBackend>;
}

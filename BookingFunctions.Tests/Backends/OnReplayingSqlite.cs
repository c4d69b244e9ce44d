namespace BookingFunctions.Tests.Backends;

/// <summary>The contract on DurableTask.Sqlite without instances in memory.</summary>
public static class OnReplayingSqlite
{
    public sealed class Children : SubOrchestrationContract<ReplayingSqliteBackend>;

    public sealed class Continuations : ContinueAsNewContract<ReplayingSqliteBackend>;

    public sealed class Events : EventContract<ReplayingSqliteBackend>;

    public sealed class Failures : FailureContract<ReplayingSqliteBackend>;

    public sealed class Histories : HistoryContract<ReplayingSqliteBackend>;

    public sealed class Messages : MessageContract<ReplayingSqliteBackend>;

    public sealed class Middleware : MiddlewareContract<ReplayingSqliteBackend>;

    public sealed class Orchestrations : OrchestrationContract<ReplayingSqliteBackend>;

    public sealed class Payloads : PayloadContract<ReplayingSqliteBackend>;

    public sealed class Purges : PurgeContract<ReplayingSqliteBackend>;

    public sealed class Queries : QueryContract<ReplayingSqliteBackend>;

    public sealed class Retries : RetryContract<ReplayingSqliteBackend>;

    public sealed class Rewinds : RewindContract<ReplayingSqliteBackend>;

    public sealed class Starts : StartContract<ReplayingSqliteBackend>;

    public sealed class Suspensions : SuspensionContract<ReplayingSqliteBackend>;

    public sealed class Tags : TagContract<ReplayingSqliteBackend>;

    public sealed class Terminations : TerminationContract<ReplayingSqliteBackend>;

    public sealed class Timers : TimerContract<ReplayingSqliteBackend>;

    public sealed class Traces : TraceContract<ReplayingSqliteBackend>;

    public sealed class Versions : VersionContract<ReplayingSqliteBackend>;

    public sealed class Waits : WaitContract<ReplayingSqliteBackend>;

    public sealed class Workers : WorkerContract<ReplayingSqliteBackend>;
}

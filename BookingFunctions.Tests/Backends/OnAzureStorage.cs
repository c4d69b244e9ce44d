namespace BookingFunctions.Tests.Backends;

/// <summary>The contract on DurableTask.AzureStorage with Azurite.</summary>
public static class OnAzureStorage
{
    public sealed class Children : SubOrchestrationContract<AzureStorageBackend>;

    public sealed class Continuations : ContinueAsNewContract<AzureStorageBackend>;

    public sealed class Events : EventContract<AzureStorageBackend>;

    public sealed class Failures : FailureContract<AzureStorageBackend>;

    public sealed class Histories : HistoryContract<AzureStorageBackend>;

    public sealed class Messages : MessageContract<AzureStorageBackend>;

    public sealed class Middleware : MiddlewareContract<AzureStorageBackend>;

    public sealed class Orchestrations : OrchestrationContract<AzureStorageBackend>;

    public sealed class Payloads : PayloadContract<AzureStorageBackend>;

    public sealed class Purges : PurgeContract<AzureStorageBackend>;

    public sealed class Queries : QueryContract<AzureStorageBackend>;

    public sealed class Retries : RetryContract<AzureStorageBackend>;

    public sealed class Rewinds : RewindContract<AzureStorageBackend>;

    public sealed class Starts : StartContract<AzureStorageBackend>;

    public sealed class Suspensions : SuspensionContract<AzureStorageBackend>;

    public sealed class Tags : TagContract<AzureStorageBackend>;

    public sealed class Terminations : TerminationContract<AzureStorageBackend>;

    public sealed class Timers : TimerContract<AzureStorageBackend>;

    public sealed class Traces : TraceContract<AzureStorageBackend>;

    public sealed class Versions : VersionContract<AzureStorageBackend>;

    public sealed class Waits : WaitContract<AzureStorageBackend>;

    public sealed class Workers : WorkerContract<AzureStorageBackend>;
}

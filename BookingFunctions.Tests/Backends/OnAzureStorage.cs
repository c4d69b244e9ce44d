namespace BookingFunctions.Tests.Backends;

/// <summary>The contract on DurableTask.AzureStorage with Azurite.</summary>
public static class OnAzureStorage
{
    public sealed class Children : SubOrchestrationContract<AzureStorageBackend>;

    public sealed class Continuations : ContinueAsNewContract<AzureStorageBackend>;

    public sealed class Events : EventContract<AzureStorageBackend>;

    public sealed class Failures : FailureContract<AzureStorageBackend>;

    public sealed class Orchestrations : OrchestrationContract<AzureStorageBackend>;

    public sealed class Payloads : PayloadContract<AzureStorageBackend>;

    public sealed class Retries : RetryContract<AzureStorageBackend>;

    public sealed class Suspensions : SuspensionContract<AzureStorageBackend>;

    public sealed class Terminations : TerminationContract<AzureStorageBackend>;

    public sealed class Timers : TimerContract<AzureStorageBackend>;
}

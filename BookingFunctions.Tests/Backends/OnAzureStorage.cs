namespace BookingFunctions.Tests.Backends;

/// <summary>The contract on DurableTask.AzureStorage with Azurite.</summary>
public static class OnAzureStorage
{
    public sealed class Failures : FailureContract<AzureStorageBackend>;

    public sealed class Orchestrations : OrchestrationContract<AzureStorageBackend>;

    public sealed class Payloads : PayloadContract<AzureStorageBackend>;
}

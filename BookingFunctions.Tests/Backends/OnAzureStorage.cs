namespace BookingFunctions.Tests.Backends;

/// <summary>The contract on DurableTask.AzureStorage with Azurite.</summary>
public static class OnAzureStorage
{
    public sealed class Orchestrations : OrchestrationContract<AzureStorageBackend>;
}

using LocalRuntime.Storage;

namespace BookingFunctions.Tests.Storage;

public sealed class InMemoryOrchestrationStoreTests : OrchestrationStoreContract
{
    protected override IOrchestrationStore Store { get; } = new InMemoryOrchestrationStore();
}

using Azure.Data.Tables;
using BookingFunctions.Storage;
using BookingFunctions.Tests.Azurite;
using BookingFunctions.Tests.Npm;

namespace BookingFunctions.Tests.Storage;

[Collection(SharedAzurite.Name)]
public sealed class TableOutboxTests(AzuriteStorage azurite)
{
    public static TheoryData<string, object[]> Contract => Contracts.TestsOf(typeof(OutboxContract));

    // A table of its own each time, which isn't there yet.
    [NpmTheory]
    [MemberData(nameof(Contract))]
    public Task The_outbox_keeps_its_contract(string test, object[] arguments) => Contracts.RunAsync(
        new ContractTests(new TableOutbox(new TableClient(azurite.ConnectionString, $"Outbox{Guid.NewGuid():N}"))), test, arguments);

    private sealed class ContractTests(IOutbox outbox) : OutboxContract
    {
        protected override IOutbox Outbox => outbox;
    }
}

using Azure.Data.Tables;
using BookingFunctions.Storage;
using BookingFunctions.Tests.Azurite;
using BookingFunctions.Tests.Npm;
using BookingFunctions.Trips.Deciding;

namespace BookingFunctions.Tests.Storage;

[Collection(SharedAzurite.Name)]
public sealed class TableUndoDecisionsTests(AzuriteStorage azurite)
{
    public static TheoryData<string, object[]> Contract => Contracts.TestsOf(typeof(UndoDecisionsContract));

    // A table of its own each time, which isn't there yet.
    [NpmTheory]
    [MemberData(nameof(Contract))]
    public Task Decisions_keep_their_contract(string test, object[] arguments) => Contracts.RunAsync(
        new ContractTests(new TableUndoDecisions(new TableClient(azurite.ConnectionString, $"Undo{Guid.NewGuid():N}"))), test, arguments);

    private sealed class ContractTests(IUndoDecisions decisions) : UndoDecisionsContract
    {
        protected override IUndoDecisions Decisions => decisions;
    }
}

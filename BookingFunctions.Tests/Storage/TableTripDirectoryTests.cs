using Azure.Data.Tables;
using BookingFunctions.Storage;
using BookingFunctions.Tests.Azurite;

namespace BookingFunctions.Tests.Storage;

[Collection(SharedAzurite.Name)]
public sealed class TableTripDirectoryTests(AzuriteTables azurite)
{
    public static TheoryData<string, object[]> Contract => Contracts.TestsOf(typeof(TripDirectoryContract));

    // A table of its own each time, which isn't there yet.
    [NpmTheory]
    [MemberData(nameof(Contract))]
    public Task The_directory_keeps_its_contract(string test, object[] arguments) => Contracts.RunAsync(
        new ContractTests(new TableTripDirectory(new TableClient(azurite.ConnectionString, $"Trips{Guid.NewGuid():N}"))), test, arguments);

    private sealed class ContractTests(ITripDirectory directory) : TripDirectoryContract
    {
        protected override ITripDirectory Directory => directory;
    }
}

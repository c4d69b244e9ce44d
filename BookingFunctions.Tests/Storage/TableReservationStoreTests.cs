using System.Reflection;
using Azure.Data.Tables;
using BookingFunctions.Storage;
using BookingFunctions.Tests.Azurite;
using BookingFunctions.Travel;
using Xunit.Sdk;

namespace BookingFunctions.Tests.Storage;

public sealed class TableReservationStoreTests(AzuriteTables azurite) : IClassFixture<AzuriteTables>
{
    // Inherited facts can't be skipped where there is no Azurite, so the contract's tests are run by hand.
    public static TheoryData<string, object[]> Contract
    {
        get
        {
            var data = new TheoryData<string, object[]>();
            foreach (var test in typeof(ReservationStoreContract).GetMethods().Where(method => method.IsDefined(typeof(FactAttribute))))
            {
                var rows = test.GetCustomAttributes<DataAttribute>().SelectMany(attribute => attribute.GetData(test)).ToList();
                foreach (var arguments in test.IsDefined(typeof(TheoryAttribute)) ? rows : [[]])
                {
                    data.Add(test.Name, arguments);
                }
            }

            return data;
        }
    }

    [NpmTheory]
    [MemberData(nameof(Contract))]
    public Task The_store_keeps_its_contract(string test, object[] arguments) =>
        (Task)typeof(ReservationStoreContract).GetMethod(test)!.Invoke(new ContractTests(Store()), arguments)!;

    [NpmTheory]
    [InlineData("a/b", "a\\b")]
    [InlineData("a#b", "a?b")]
    [InlineData("a_002fb", "a/b")]
    [InlineData("Zoë", "zoë")]
    [InlineData("a\tb", "a b")]
    public async Task Ids_with_characters_that_no_key_has_are_kept_apart(string one, string other)
    {
        var store = Store();

        await store.BookAsync(one, Leg.Car, "Ford", "C-1", 10, default);

        Assert.Equal(one, (await store.FindAsync(one, Leg.Car, "Ford", default))?.Id);
        Assert.Null(await store.FindAsync(other, Leg.Car, "Ford", default));
    }

    [NpmTheory]
    [InlineData(30)]
    public async Task A_crowd_that_changes_one_reservation_loses_no_change(int crowd)
    {
        var store = Store();

        var counts = await Task.WhenAll(Enumerable.Range(0, crowd).Select(_ => store.CountAttemptAsync("crowd", Leg.Car, "Ford", default)));

        Assert.Equal(Enumerable.Range(1, crowd), counts.Order());
    }

    // A table of its own each time, which isn't there yet.
    private TableReservationStore Store() => new(new TableClient(azurite.ConnectionString, $"Reservations{Guid.NewGuid():N}"));

    private sealed class ContractTests(IReservationStore store) : ReservationStoreContract
    {
        protected override IReservationStore Store => store;
    }
}

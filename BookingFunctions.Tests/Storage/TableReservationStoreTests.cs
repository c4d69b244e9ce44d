using Azure.Data.Tables;
using BookingFunctions.Storage;
using BookingFunctions.Tests.Azurite;
using BookingFunctions.Tests.Npm;
using BookingFunctions.Trips;

namespace BookingFunctions.Tests.Storage;

[Collection(SharedAzurite.Name)]
public sealed class TableReservationStoreTests(AzuriteStorage azurite)
{
    public static TheoryData<string, object[]> Contract => Contracts.TestsOf(typeof(ReservationStoreContract));

    [NpmTheory]
    [MemberData(nameof(Contract))]
    public Task The_store_keeps_its_contract(string test, object[] arguments) =>
        Contracts.RunAsync(new ContractTests(Store()), test, arguments);

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
    public async Task Concurrent_changes_of_one_reservation_are_not_lost(int clients)
    {
        var store = Store();

        var counts = await Task.WhenAll(
            Enumerable.Range(0, clients).Select(_ => store.CountAttemptAsync("shared", Leg.Car, "Ford", default)));

        Assert.Equal(Enumerable.Range(1, clients), counts.Order());
    }

    [NpmTheory]
    [InlineData(3, 40)]
    public async Task Hosts_that_race_for_ten_seats_sell_ten(int hosts, int trips)
    {
        var table = new TableClient(azurite.ConnectionString, $"Reservations{Guid.NewGuid():N}");
        var stores = Enumerable.Range(0, hosts).Select(_ => new TableReservationStore(table)).ToList();

        var answers = await Task.WhenAll(
            from store in stores.Index()
            from trip in Enumerable.Range(0, trips)
            select store.Item.BookAsync($"{store.Index}-{trip}-flight", Leg.Flight, "Alaska 1", "F-1", 10, default));

        Assert.Equal(10, answers.Count(reservation => reservation is not null));
        Assert.Equal(10, await stores[0].ListLiveAsync(default).CountAsync());
        await Task.WhenAll(answers.OfType<Reservation>().Index().Select(
            sold => stores[sold.Index % hosts].UndoAsync(sold.Item.Id, Leg.Flight, "Alaska 1", default)));
        Assert.NotNull(await stores[0].BookAsync("late-flight", Leg.Flight, "Alaska 1", "F-2", 1, default));
    }

    // A table of its own each time, which isn't there yet.
    private TableReservationStore Store() => new(new TableClient(azurite.ConnectionString, $"Reservations{Guid.NewGuid():N}"));

    private sealed class ContractTests(IReservationStore store) : ReservationStoreContract
    {
        protected override IReservationStore Store => store;
    }
}

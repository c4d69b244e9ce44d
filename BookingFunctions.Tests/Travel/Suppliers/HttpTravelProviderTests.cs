using BookingFunctions.Storage;
using BookingFunctions.Tests.Local;
using BookingFunctions.Travel;
using BookingFunctions.Travel.Suppliers;
using BookingFunctions.Trips;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Supplier;

namespace BookingFunctions.Tests.Travel.Suppliers;

public sealed class HttpTravelProviderTests : IAsyncLifetime
{
    private const string Key = "open-sesame";

    private static readonly Booking Flight = SampleTrips.Booking(Leg.Flight);

    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly TripStores stores = new();
    private TestSupplier supplier = null!;
    private ServiceProvider services = null!;

    private ITravelProvider Provider => services.GetRequiredService<ITravelProvider>();

    public async Task InitializeAsync()
    {
        supplier = await TestSupplier.StartAsync("--key", Key, "--capacity", "1");
        services = Services(("Providers:Flight:BaseAddress", supplier.Address), ("Providers:Flight:Key", Key));
    }

    public async Task DisposeAsync()
    {
        await services.DisposeAsync();
        await supplier.DisposeAsync();
        await stores.DisposeAsync();
    }

    [Fact]
    public async Task Booking_twice_is_one_booking_with_one_confirmation_and_is_written_down()
    {
        var first = await BookAsync();
        var second = await BookAsync();

        Assert.Equal(first, second);
        var held = Assert.Single(supplier.Held);
        Assert.Equal(("alice-1-flight", first, 2), (held.ReservationId, held.Confirmation, held.TimesBooked));
        Assert.Equal(new Order("flight", "Alaska Airlines 123", "Alice Jones"), held.Order);
        Assert.Equal(first, (await WrittenAsync())?.Confirmation);
    }

    [Fact]
    public async Task What_was_undone_is_free_again_and_its_id_barred_at_the_supplier_too()
    {
        await BookAsync();

        await Provider.UndoAsync(Flight, CancellationToken.None);
        await Provider.UndoAsync(Flight, CancellationToken.None);

        Assert.Empty(supplier.Held);
        Assert.Equal(ReservationState.Undone, (await WrittenAsync())?.State);
        await Assert.ThrowsAsync<ProviderRefusedException>(BookAsync);
        await Provider.BookAsync(Booking.Of("alice-2", Leg.Flight, SampleTrips.Plain), CancellationToken.None);
    }

    [Fact]
    public async Task What_is_sold_out_at_the_supplier_is_refused_with_its_own_words()
    {
        await Provider.BookAsync(Booking.Of("alice-2", Leg.Flight, SampleTrips.Plain), CancellationToken.None);

        var refusal = await Assert.ThrowsAsync<ProviderRefusedException>(BookAsync);

        Assert.Equal("The flight's provider refused 'Alaska Airlines 123' (409): 'Alaska Airlines 123' is sold out.", refusal.Message);
    }

    [Theory]
    [InlineData("7", " Retry after 7 s.")]
    [InlineData("00000000000000000000000000007", " Retry after 7 s.")]
    [InlineData("2147483648", " Retry after 86400 s.")]
    [InlineData("99999999999999999999999999999", " Retry after 86400 s.")]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", " Retry after 86400 s.")]
    [InlineData("Tue, 01 Jan 2030 00:01:30 GMT", " Retry after 90 s.")]
    [InlineData("Mon, 31 Dec 2029 00:00:00 GMT", "")]
    [InlineData("soon", "")]
    [InlineData("-7", "")]
    [InlineData("7.5", "")]
    [InlineData(null, "")]
    public async Task A_supplier_that_is_busy_may_say_when_to_come_back(string? retryAfter, string hint)
    {
        supplier.Misbehave(new Misbehaviour(Kind.Status, Status: 429, RetryAfter: retryAfter));

        var failure = await Assert.ThrowsAsync<ProviderUnavailableException>(BookAsync);

        Assert.Equal($"The provider that was asked to book the flight answered 429.{hint}", failure.Message);
    }

    [Fact]
    public async Task A_supplier_that_is_too_slow_is_cut_off_before_the_trip_is()
    {
        supplier.Misbehave(new Misbehaviour(Kind.Slow, Milliseconds: 3000));
        var call = BookAsync();
        while (supplier.Calls == 0)
        {
            await Task.Delay(5);
        }

        clock.Advance(TimeSpan.FromSeconds(4.5));

        var timeout = await Assert.ThrowsAsync<ProviderTimeoutException>(() => call);
        Assert.StartsWith(
            "The provider that was asked to book the flight did not answer within 4.5 s", timeout.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_supplier_that_fails_too_often_is_left_alone_for_a_while_but_still_asked_to_undo()
    {
        supplier.Misbehave(new Misbehaviour(Kind.Status, Times: int.MaxValue));
        for (var call = 1; call <= SupplierClients.MinimumCalls; call++)
        {
            await Assert.ThrowsAsync<ProviderUnavailableException>(BookAsync);
        }

        supplier.Behave();
        var failure = await Assert.ThrowsAsync<CircuitOpenException>(BookAsync);

        Assert.EndsWith("left alone for a while. Retry after 5 s.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(SupplierClients.MinimumCalls, supplier.Calls);
        await Provider.UndoAsync(Booking.Of("alice-2", Leg.Flight, SampleTrips.Plain), CancellationToken.None);

        clock.Advance(SupplierClients.BreakTime);
        await BookAsync();
    }

    [Fact]
    public async Task An_unreachable_supplier_may_be_reached_later()
    {
        await supplier.DisposeAsync();

        var failure = await Assert.ThrowsAsync<ProviderUnavailableException>(BookAsync);

        Assert.Equal(
            "The call that was to book the flight failed (ConnectionError); whether the provider did it is unknown.", failure.Message);
    }

    [Fact]
    public async Task A_supplier_is_not_booked_at_without_its_key()
    {
        await using var keyless = Services(("Providers:Flight:BaseAddress", supplier.Address));

        await Assert.ThrowsAsync<ProviderUnavailableException>(
            () => keyless.GetRequiredService<ITravelProvider>().BookAsync(Flight, CancellationToken.None));

        Assert.Empty(supplier.All);
    }

    [Fact]
    public async Task A_leg_without_an_address_is_booked_at_the_built_in_provider()
    {
        var confirmation = await Provider.BookAsync(SampleTrips.Booking(Leg.Car), CancellationToken.None);

        Assert.StartsWith("CAR-", confirmation, StringComparison.Ordinal);
        Assert.Equal(0, supplier.Calls);
    }

    private Task<string> BookAsync() => Provider.BookAsync(Flight, CancellationToken.None);

    private Task<BookingFunctions.Storage.Reservation?> WrittenAsync() =>
        stores.Reservations.FindAsync(Flight.ReservationId, Flight.Leg, Flight.Item, CancellationToken.None);

    private ServiceProvider Services(params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)))
            .Build();
        return new ServiceCollection()
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton<IReservationStore>(stores.Reservations)
            .AddBookingFunctions(configuration)
            .BuildServiceProvider();
    }
}

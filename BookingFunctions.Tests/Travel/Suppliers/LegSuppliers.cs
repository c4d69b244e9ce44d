using BookingFunctions.Tests.EndToEnd;
using Leg = BookingFunctions.Trips.Leg;

namespace BookingFunctions.Tests.Travel.Suppliers;

/// <summary>A supplier for each leg.</summary>
internal sealed class LegSuppliers : IAsyncDisposable
{
    private readonly TestSupplier[] suppliers;

    private LegSuppliers(TestSupplier[] suppliers) => this.suppliers = suppliers;

    public TestSupplier this[Leg leg] => suppliers[(int)leg];

    /// <summary>Starts three suppliers.</summary>
    /// <param name="args">Their settings.</param>
    public static async Task<LegSuppliers> StartAsync(params string[] args) =>
        new(await Task.WhenAll(Enum.GetValues<Leg>().Select(_ => TestSupplier.StartAsync(args))));

    /// <summary>Starts an application that books everything at them.</summary>
    public Task<TripHost> StartHostAsync(params (string Name, string Value)[] settings) => TripHost.StartAsync(
        [.. Enum.GetValues<Leg>().Select(leg => ($"Providers__{leg}__BaseAddress", this[leg].Address)), .. settings]);

    /// <summary>
    /// Holds the suppliers' own books against the trips, and the application's: each leg of a confirmed trip is held once,
    /// under the confirmation that the traveler was given, and nothing of any other trip.
    /// </summary>
    public async Task AssertAllOrNothingAsync(TripHost host, IEnumerable<TripJson> decided)
    {
        var trips = decided.ToList();
        var ids = trips.Select(trip => trip.Id).ToHashSet();
        var written = (await host.HeldAsync()).ToDictionary(reservation => reservation.Id, reservation => reservation.Confirmation);
        foreach (var leg in Enum.GetValues<Leg>())
        {
            await this[leg].QuietAsync();
            var suffix = $"-{leg}".ToLowerInvariant();
            var expected = trips
                .Where(trip => trip.Status == "Confirmed")
                .Select(trip => (Id: trip.Id + suffix, trip.Legs[(int)leg].Confirmation))
                .OrderBy(held => held.Id, StringComparer.Ordinal)
                .ToList();
            var held = this[leg].Held
                .Where(reservation => ids.Contains(reservation.ReservationId[..^suffix.Length]))
                .Select(reservation => (Id: reservation.ReservationId, reservation.Confirmation))
                .OrderBy(held => held.Id, StringComparer.Ordinal);

            Assert.Equal(expected, held);
            Assert.All(expected, reservation => Assert.Equal(reservation.Confirmation, written.GetValueOrDefault(reservation.Id)));
        }

        Assert.Equal(
            3 * trips.Count(trip => trip.Status == "Confirmed"),
            written.Keys.Count(id => ids.Contains(id[..id.LastIndexOf('-')])));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var supplier in suppliers)
        {
            await supplier.DisposeAsync();
        }
    }
}

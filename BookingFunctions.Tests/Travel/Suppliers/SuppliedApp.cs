namespace BookingFunctions.Tests.Travel.Suppliers;

/// <summary>
/// A supplier for each leg, and the application that books at them, for tests that need no restart and no settings of their own.
/// </summary>
public sealed class SuppliedApp : IAsyncLifetime
{
    // Time enough for a call that behaves, however busy this machine is.
    private const string Timeout = "00:00:02";

    private LegSuppliers? suppliers;
    private TripHost? host;

    internal LegSuppliers Suppliers => suppliers!;

    internal TripHost Host => host!;

    public async Task InitializeAsync()
    {
        suppliers = await LegSuppliers.StartAsync();
        host = await suppliers.StartHostAsync(("Providers__Timeout", Timeout));
    }

    public async Task DisposeAsync()
    {
        await host!.DisposeAsync();
        await suppliers!.DisposeAsync();
    }
}

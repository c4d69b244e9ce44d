using BookingFunctions.Trips;
using Microsoft.Extensions.Options;

namespace BookingFunctions.Travel.Suppliers;

/// <summary>Asks for each leg whom the settings name: a supplier over HTTP, or else the built-in provider.</summary>
/// <param name="builtIn">The built-in provider.</param>
/// <param name="http">The suppliers.</param>
/// <param name="options">Says which legs have a supplier.</param>
public sealed class LegProviders(
    BuiltInTravelProvider builtIn, HttpTravelProvider http, IOptions<ProviderOptions> options) : ITravelProvider
{
    /// <inheritdoc/>
    public Task<string> BookAsync(Booking booking, CancellationToken cancellation) => Of(booking.Leg).BookAsync(booking, cancellation);

    /// <inheritdoc/>
    public Task UndoAsync(Booking booking, CancellationToken cancellation) => Of(booking.Leg).UndoAsync(booking, cancellation);

    private ITravelProvider Of(Leg leg) => options.Value.Of(leg).IsRemote ? http : builtIn;
}

using BookingFunctions.Storage;
using BookingFunctions.Travel;

namespace BookingFunctions.Local.WhatIf;

/// <summary>Wraps the suppliers, and makes calls behave as their conditions say.</summary>
/// <param name="inner">The suppliers.</param>
/// <param name="suppliers">Their conditions.</param>
/// <param name="reservations">Knows what is booked already.</param>
/// <param name="clock">What slow calls wait by.</param>
public sealed class WhatIfProvider(ITravelProvider inner, Suppliers suppliers, IReservationStore reservations, TimeProvider clock)
    : ITravelProvider
{
    /// <inheritdoc/>
    public async Task<string> BookAsync(Booking booking, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(booking);
        var supplier = suppliers.All[(int)booking.Leg];
        await HoldUpAsync(supplier, cancellation);

        if (supplier.Condition == SupplierCondition.SoldOut && !await IsBookedAsync(booking, cancellation))
        {
            throw new SoldOutException(booking.Leg, booking.Item);
        }

        var confirmation = await inner.BookAsync(booking, cancellation);
        return supplier.Condition == SupplierCondition.LosesAnswers ? throw Lost(booking) : confirmation;
    }

    /// <inheritdoc/>
    public async Task UndoAsync(Booking booking, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(booking);
        var supplier = suppliers.All[(int)booking.Leg];
        await HoldUpAsync(supplier, cancellation);
        if (supplier.Condition == SupplierCondition.UndoFails)
        {
            throw new ProviderUnavailableException($"The {Name(booking)}'s supplier can't undo anything (What if).");
        }

        await inner.UndoAsync(booking, cancellation);
        if (supplier.Condition == SupplierCondition.LosesAnswers)
        {
            throw Lost(booking);
        }
    }

    private Task HoldUpAsync(Supplier supplier, CancellationToken cancellation) => supplier.Condition switch
    {
        SupplierCondition.Unavailable => throw new ProviderUnavailableException(
            $"The {supplier.Leg.ToString().ToLowerInvariant()}'s supplier is unavailable (What if)."),
        SupplierCondition.Slow => Task.Delay(TimeSpan.FromSeconds(supplier.Seconds ?? 1), clock, cancellation),
        _ => Task.CompletedTask,
    };

    // A repeated booking gets its confirmation again.
    private async Task<bool> IsBookedAsync(Booking booking, CancellationToken cancellation) =>
        await reservations.FindAsync(booking.ReservationId, booking.Leg, booking.Item, cancellation) is { State: ReservationState.Booked };

    private static ProviderUnavailableException Lost(Booking booking) =>
        new($"The answer of the {Name(booking)}'s supplier was lost (What if); whether it was carried out is unknown.");

    private static string Name(Booking booking) => booking.Leg.ToString().ToLowerInvariant();
}

using BookingFunctions.Activities;
using BookingFunctions.Saga;
using BookingFunctions.Travel.Suppliers;
using BookingFunctions.Trips;

namespace BookingFunctions.Local.Backends;

/// <summary>
/// The activities that change nothing but the store's file: those of legs without a supplier of their own, and those that write to the
/// directory and the outbox. They need not wait until the disk has what they are called for.
/// </summary>
/// <param name="providers">Says which legs have a supplier.</param>
/// <param name="notify">Says whether travelers are notified by another service.</param>
internal sealed class ActivitiesInFile(ProviderOptions providers, NotifyOptions notify)
{
    /// <summary>Whether an activity is one of them.</summary>
    /// <param name="name">The activity's name.</param>
    public bool Contains(string name) => name switch
    {
        ActivityNames.BookCar or ActivityNames.UndoBookCar => !providers.Of(Leg.Car).IsRemote,
        ActivityNames.BookHotel or ActivityNames.UndoBookHotel => !providers.Of(Leg.Hotel).IsRemote,
        ActivityNames.BookFlight or ActivityNames.UndoBookFlight => !providers.Of(Leg.Flight).IsRemote,
        ActivityNames.NotifyTraveler => notify.Url is null,
        ActivityNames.RecordTrip => true,
        _ => false,
    };
}

using System.Globalization;
using System.Runtime.CompilerServices;
using BookingFunctions.Storage;
using BookingFunctions.Trips;

namespace BookingFunctions.Tests.Contract;

/// <summary>A store with as many reservations of no trip as anybody reads, until a test ends it.</summary>
internal sealed class EndlessStore : IReservationStore
{
    private volatile bool isEnded;

    /// <summary>How many reservations were read.</summary>
    public int Count { get; private set; }

    /// <summary>Lets the list come to its end.</summary>
    public void End() => isEnded = true;

    public async IAsyncEnumerable<Reservation> ListLiveAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        while (!isEnded)
        {
            cancellation.ThrowIfCancellationRequested();
            Count++;
            yield return Booked(string.Create(CultureInfo.InvariantCulture, $"unknown{Count}-car"));
            await Task.Yield();
        }
    }

    public Task<Reservation?> FindAsync(string id, Leg leg, string item, CancellationToken cancellation) =>
        Task.FromResult<Reservation?>(Booked(id));

    public Task<int> CountAttemptAsync(string id, Leg leg, string item, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<Reservation?> BookAsync(
        string id, Leg leg, string item, string confirmation, int capacity, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<Reservation> UndoAsync(string id, Leg leg, string item, CancellationToken cancellation) =>
        throw new NotSupportedException();

    private static Reservation Booked(string id) => new(id, Leg.Car, "Ford 150", ReservationState.Booked, 1, "C-1");
}

using BookingFunctions.Storage;
using BookingFunctions.Travel;

namespace BookingFunctions.Tests.Contract;

/// <summary>A store that never answers, whatever becomes of the token.</summary>
internal sealed class SilentStore : IReservationStore
{
    public Task<Reservation?> FindAsync(string id, Leg leg, string item, CancellationToken cancellation) => Never<Reservation?>();

    public IAsyncEnumerable<Reservation> ListLiveAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public Task<int> CountAttemptAsync(string id, Leg leg, string item, CancellationToken cancellation) => Never<int>();

    public Task<Reservation?> BookAsync(
        string id, Leg leg, string item, string confirmation, int capacity, CancellationToken cancellation) => Never<Reservation?>();

    public Task<Reservation> UndoAsync(string id, Leg leg, string item, CancellationToken cancellation) => Never<Reservation>();

    private static Task<T> Never<T>() => new TaskCompletionSource<T>().Task;
}

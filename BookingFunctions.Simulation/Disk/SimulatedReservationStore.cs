using System.Runtime.CompilerServices;
using BookingFunctions.Storage;
using BookingFunctions.Travel;

namespace BookingFunctions.Simulation.Disk;

/// <summary>The reservation store that one process sees: on the same disk, behind the same writer as its orchestrations.</summary>
internal sealed class SimulatedReservationStore(DurableImage disk, GroupWriter writer) : IReservationStore
{
    public Task<int> CountAttemptAsync(string id, Leg leg, string item, CancellationToken cancellation) =>
        writer.WriteAheadAsync($"count {id}", contents => contents.Reservations.CountAttemptAsync(id, leg, item, default), cancellation);

    public Task<Reservation?> BookAsync(
        string id, Leg leg, string item, string confirmation, int capacity, CancellationToken cancellation) => writer.WriteAheadAsync(
            $"book {id}", contents => contents.Reservations.BookAsync(id, leg, item, confirmation, capacity, default), cancellation);

    public Task<Reservation> UndoAsync(string id, Leg leg, string item, CancellationToken cancellation) =>
        writer.WriteAheadAsync($"undo {id}", contents => contents.Reservations.UndoAsync(id, leg, item, default), cancellation);

    public Task<Reservation?> FindAsync(string id, Leg leg, string item, CancellationToken cancellation) =>
        writer.ReadAsync(() => disk.Reservations.FindAsync(id, leg, item, cancellation), cancellation);

    public async IAsyncEnumerable<Reservation> ListLiveAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var live = await writer.ReadAsync(
            async () => await disk.Reservations.ListLiveAsync(cancellation).ToListAsync(cancellation), cancellation);
        foreach (var reservation in live)
        {
            yield return reservation;
        }
    }
}

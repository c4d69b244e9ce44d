using System.Runtime.CompilerServices;
using BookingFunctions.Storage;
using BookingFunctions.Travel;

namespace BookingFunctions.Simulation.Disk;

/// <summary>The reservation store that one process sees: on the same disk, behind the same writer as its orchestrations.</summary>
internal sealed class SimulatedReservationStore(DurableImage disk, GroupWriter writer) : IReservationStore
{
    private readonly InMemoryReservationStore durable = disk.Reservations;

    public Task<int> CountAttemptAsync(string id, Leg leg, string item, CancellationToken cancellation) =>
        writer.WriteAsync($"count {id}", () => durable.CountAttemptAsync(id, leg, item, default), cancellation);

    public Task<Reservation?> BookAsync(
        string id, Leg leg, string item, string confirmation, int capacity, CancellationToken cancellation) => writer.WriteAsync(
            $"book {id}", () => durable.BookAsync(id, leg, item, confirmation, capacity, default), cancellation);

    public Task<Reservation> UndoAsync(string id, Leg leg, string item, CancellationToken cancellation) =>
        writer.WriteAsync($"undo {id}", () => durable.UndoAsync(id, leg, item, default), cancellation);

    public Task<Reservation?> FindAsync(string id, Leg leg, string item, CancellationToken cancellation) =>
        writer.ReadAsync(() => durable.FindAsync(id, leg, item, cancellation), cancellation);

    public async IAsyncEnumerable<Reservation> ListLiveAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var live = await writer.ReadAsync(
            async () => await durable.ListLiveAsync(cancellation).ToListAsync(cancellation), cancellation);
        foreach (var reservation in live)
        {
            yield return reservation;
        }
    }
}

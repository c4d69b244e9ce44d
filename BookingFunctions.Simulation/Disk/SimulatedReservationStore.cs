using BookingFunctions.Storage;
using BookingFunctions.Travel;

namespace BookingFunctions.Simulation.Disk;

/// <summary>The reservation store that one process sees: on the same disk, behind the same writer as its orchestrations.</summary>
internal sealed class SimulatedReservationStore(DurableImage disk, GroupWriter writer) : IReservationStore
{
    public async Task<int> CountAttemptAsync(string id, Leg leg, string item, CancellationToken cancellation) =>
        (await ChangeAsync("count", id, before => ReservationChanges.CountAttempt(before, id, leg, item), cancellation)).Attempts;

    public Task<Reservation> BookAsync(string id, Leg leg, string item, string confirmation, CancellationToken cancellation) =>
        ChangeAsync("book", id, before => ReservationChanges.Book(before, id, leg, item, confirmation), cancellation);

    public Task<Reservation> UndoAsync(string id, Leg leg, CancellationToken cancellation) =>
        ChangeAsync("undo", id, before => ReservationChanges.Undo(before, id, leg), cancellation);

    public Task<Reservation?> FindAsync(string id, CancellationToken cancellation) =>
        writer.ReadAsync(() => Task.FromResult(disk.Find(id)), cancellation);

    private async Task<Reservation> ChangeAsync(
        string what, string id, Func<Reservation?, Reservation> change, CancellationToken cancellation)
    {
        // As the SQLite store: a write that is queued can't be taken back, only the wait ends.
        cancellation.ThrowIfCancellationRequested();
        return await writer.WriteAsync($"{what} {id}", () => Task.FromResult(disk.Change(id, change))).WaitAsync(cancellation);
    }
}

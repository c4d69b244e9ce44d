using System.Runtime.CompilerServices;
using BookingFunctions.Local.Storage;
using BookingFunctions.Storage;
using BookingFunctions.Trips;
using DurableTask.Sqlite.Storage;

namespace BookingFunctions.Tests.Storage;

/// <summary>Reservations in SQLite of which reads see every change: they wait for the commit of what was acknowledged before it.</summary>
internal sealed class CommittedReservations(SqliteDatabase database) : IReservationStore
{
    private readonly SqliteReservationStore inner = new(database);

    public Task<int> CountAttemptAsync(string id, Leg leg, string item, CancellationToken cancellation) =>
        inner.CountAttemptAsync(id, leg, item, cancellation);

    public Task<Reservation?> BookAsync(
        string id, Leg leg, string item, string confirmation, int capacity, CancellationToken cancellation) =>
        inner.BookAsync(id, leg, item, confirmation, capacity, cancellation);

    public Task<Reservation> UndoAsync(string id, Leg leg, string item, CancellationToken cancellation) =>
        inner.UndoAsync(id, leg, item, cancellation);

    public async Task<Reservation?> FindAsync(string id, Leg leg, string item, CancellationToken cancellation)
    {
        await database.WriteAsync(_ => { });
        return await inner.FindAsync(id, leg, item, cancellation);
    }

    public async IAsyncEnumerable<Reservation> ListLiveAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await database.WriteAsync(_ => { });
        await foreach (var reservation in inner.ListLiveAsync(cancellation))
        {
            yield return reservation;
        }
    }
}

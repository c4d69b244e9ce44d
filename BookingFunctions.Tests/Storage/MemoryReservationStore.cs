using System.Collections.Concurrent;
using BookingFunctions.Storage;
using BookingFunctions.Travel;

namespace BookingFunctions.Tests.Storage;

/// <summary>Reservations that live as long as a test.</summary>
public sealed class MemoryReservationStore : IReservationStore
{
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, Reservation> reservations = [];

    public IReadOnlyCollection<Reservation> All => [.. reservations.Values];

    public Task<int> CountAttemptAsync(string id, Leg leg, string item, CancellationToken cancellation) =>
        Task.FromResult(Change(id, before => ReservationChanges.CountAttempt(before, id, leg, item), cancellation).Attempts);

    public Task<Reservation> BookAsync(string id, Leg leg, string item, string confirmation, CancellationToken cancellation) =>
        Task.FromResult(Change(id, before => ReservationChanges.Book(before, id, leg, item, confirmation), cancellation));

    public Task<Reservation> UndoAsync(string id, Leg leg, CancellationToken cancellation) =>
        Task.FromResult(Change(id, before => ReservationChanges.Undo(before, id, leg), cancellation));

    public Task<Reservation?> FindAsync(string id, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(reservations.GetValueOrDefault(id));
    }

    private Reservation Change(string id, Func<Reservation?, Reservation> change, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (gate)
        {
            return reservations[id] = change(reservations.GetValueOrDefault(id));
        }
    }
}

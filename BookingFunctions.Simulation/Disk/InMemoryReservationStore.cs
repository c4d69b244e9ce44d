using System.Runtime.CompilerServices;
using BookingFunctions.Storage;
using BookingFunctions.Travel;

namespace BookingFunctions.Simulation.Disk;

/// <summary>Reservations in memory. Every method is done when it returns.</summary>
/// <param name="changed">Told of each change of a reservation: what it was, if it was there, and what it is.</param>
internal sealed class InMemoryReservationStore(Action<Reservation?, Reservation>? changed = null) : IReservationStore
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, Reservation> reservations = new(StringComparer.Ordinal);
    private readonly Dictionary<(Leg Leg, string Item), int> taken = [];

    private InMemoryReservationStore(InMemoryReservationStore other, Action<Reservation?, Reservation>? changed)
        : this(changed)
    {
        reservations = new(other.reservations, StringComparer.Ordinal);
        taken = new(other.taken);
    }

    public IReadOnlyList<Reservation> All
    {
        get
        {
            lock (gate)
            {
                return [.. reservations.Values];
            }
        }
    }

    /// <summary>How many of an item are counted as taken.</summary>
    public int TakenOf(Leg leg, string item)
    {
        lock (gate)
        {
            return taken.GetValueOrDefault(Key(leg, item));
        }
    }

    /// <summary>Makes a store that has what this one has now.</summary>
    /// <param name="changed">Told of each change of it.</param>
    public InMemoryReservationStore Copy(Action<Reservation?, Reservation>? changed)
    {
        lock (gate)
        {
            return new(this, changed);
        }
    }

    public Reservation? Find(string id)
    {
        lock (gate)
        {
            return reservations.GetValueOrDefault(id);
        }
    }

    public Task<int> CountAttemptAsync(string id, Leg leg, string item, CancellationToken cancellation) => Task.FromResult(
        Change(id, before => ReservationChanges.CountAttempt(before, id, leg, item), cancellation)!.Attempts);

    public Task<Reservation?> BookAsync(
        string id, Leg leg, string item, string confirmation, int capacity, CancellationToken cancellation) => Task.FromResult(Change(
            id,
            before => ReservationChanges.Book(before, id, leg, item, confirmation, taken.GetValueOrDefault(Key(leg, item)) < capacity),
            cancellation));

    public Task<Reservation> UndoAsync(string id, Leg leg, string item, CancellationToken cancellation) =>
        Task.FromResult(Change(id, before => ReservationChanges.Undo(before, id, leg, item), cancellation)!);

    public Task<Reservation?> FindAsync(string id, Leg leg, string item, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(Find(id));
    }

    public async IAsyncEnumerable<Reservation> ListLiveAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        foreach (var reservation in All.Where(reservation => reservation.State == ReservationState.Booked))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return reservation;
        }
    }

    private static (Leg Leg, string Item) Key(Leg leg, string item) => (leg, ReservationChanges.ItemKey(item));

    private Reservation? Change(string id, Func<Reservation?, Reservation?> change, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (gate)
        {
            var before = reservations.GetValueOrDefault(id);
            var after = change(before);
            if (after is null || after == before)
            {
                return after;
            }

            reservations[id] = after;
            var key = Key(after.Leg, after.Item);
            taken[key] = taken.GetValueOrDefault(key) + ReservationChanges.Taken(before, after);
            changed?.Invoke(before, after);
            return after;
        }
    }
}

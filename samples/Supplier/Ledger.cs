using System.Globalization;

namespace Supplier;

/// <summary>What the supplier holds, in memory: each id is booked once, and never after it was undone.</summary>
/// <param name="capacity">How many of each name there are.</param>
public sealed class Ledger(int capacity)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Reservation> reservations = new(StringComparer.Ordinal);
    private int confirmations;

    /// <summary>Everything that was ever booked or undone.</summary>
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

    /// <summary>Books, if the id is new and there is one left.</summary>
    /// <param name="id">The reservation id.</param>
    /// <param name="order">What to book.</param>
    /// <returns>The reservation as it is now, undone or not; null if there is none left.</returns>
    public Reservation? Book(string id, Order order)
    {
        ArgumentNullException.ThrowIfNull(order);
        lock (gate)
        {
            if (reservations.TryGetValue(id, out var known))
            {
                return reservations[id] = known with { TimesBooked = known.TimesBooked + 1 };
            }

            if (reservations.Values.Count(r => !r.IsUndone && IsSame(r.Order?.Item, order.Item)) >= capacity)
            {
                return null;
            }

            var confirmation = string.Create(CultureInfo.InvariantCulture, $"S-{++confirmations:D6}");
            return reservations[id] = new Reservation(id, order, confirmation, IsUndone: false, TimesBooked: 1);
        }
    }

    /// <summary>Undoes, and bars the id.</summary>
    /// <param name="id">The reservation id.</param>
    public void Undo(string id)
    {
        lock (gate)
        {
            reservations[id] = reservations.TryGetValue(id, out var known)
                ? known with { IsUndone = true }
                : new Reservation(id, null, null, IsUndone: true, TimesBooked: 0);
        }
    }

    private static bool IsSame(string? one, string? other) => string.Equals(one?.Trim(), other?.Trim(), StringComparison.OrdinalIgnoreCase);
}

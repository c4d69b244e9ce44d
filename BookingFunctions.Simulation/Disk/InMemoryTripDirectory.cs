using System.Runtime.CompilerServices;
using BookingFunctions.Storage;

namespace BookingFunctions.Simulation.Disk;

/// <summary>The directory in memory. Every method is done when it returns.</summary>
internal sealed class InMemoryTripDirectory : ITripDirectory
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, TripEntry> trips;
    private readonly Dictionary<string, KeyClaim> claims;

    public InMemoryTripDirectory()
    {
        trips = new(StringComparer.Ordinal);
        claims = new(StringComparer.Ordinal);
    }

    private InMemoryTripDirectory(InMemoryTripDirectory other)
    {
        trips = new(other.trips, StringComparer.Ordinal);
        claims = new(other.claims, StringComparer.Ordinal);
    }

    public IReadOnlyList<TripEntry> All
    {
        get
        {
            lock (gate)
            {
                return [.. trips.Values];
            }
        }
    }

    /// <summary>Makes a directory that has what this one has now.</summary>
    public InMemoryTripDirectory Copy()
    {
        lock (gate)
        {
            return new(this);
        }
    }

    public TripEntry? Find(string id)
    {
        lock (gate)
        {
            return trips.GetValueOrDefault(id);
        }
    }

    public Task<TripEntry> AddAsync(TripEntry entry, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (gate)
        {
            trips.TryAdd(entry.Id, entry);
            return Task.FromResult(trips[entry.Id]);
        }
    }

    public Task<KeyClaim> ClaimAsync(string keyHash, KeyClaim claim, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (gate)
        {
            claims.TryAdd(keyHash, claim);
            return Task.FromResult(claims[keyHash]);
        }
    }

    public Task<TripEntry?> FindAsync(string id, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (gate)
        {
            return Task.FromResult(trips.GetValueOrDefault(id));
        }
    }

    public Task<TripEntry?> UpdateAsync(string id, Func<TripEntry, TripEntry> change, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (gate)
        {
            return Task.FromResult(
                trips.TryGetValue(id, out var before) ? trips[id] = TripChanges.Apply(before, change) : null);
        }
    }

    public Task<TripPage> ListAsync(TripQuery query, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.PageSize, 1, nameof(query));
        cancellation.ThrowIfCancellationRequested();
        var after = TripPosition.FromToken(query.ContinuationToken);
        var rest = All
            .Where(entry => TripChanges.Matches(query, entry) && (after is null || IsAfter(entry, after)))
            .OrderByDescending(entry => entry.CreatedAt)
            .ThenBy(entry => entry.Id, StringComparer.Ordinal)
            .ToList();
        List<TripEntry> page = [.. rest.Take(query.PageSize)];
        return Task.FromResult(new TripPage(page, page.Count < rest.Count ? TripPosition.Of(page[^1]).ToToken() : null));
    }

    public Task<IReadOnlyList<TripCount>> CountAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<TripCount>>(
        [
            .. from trip in All
               where trip.CreatedAt >= @from && trip.CreatedAt <= to
               group trip by (Minute: TripCount.MinuteOf(trip.CreatedAt), trip.Status) into alike
               select new TripCount(alike.Key.Minute, alike.Key.Status, alike.Count()),
        ]);
    }

    public async IAsyncEnumerable<TripEntry> ListUnstartedAsync(
        DateTimeOffset olderThan, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        foreach (var entry in All.Where(entry => !entry.IsStarted && entry.CreatedAt < olderThan))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return entry;
        }
    }

    private static bool IsAfter(TripEntry entry, TripPosition after) => entry.CreatedAt.UtcDateTime < after.CreatedAt
        || (entry.CreatedAt.UtcDateTime == after.CreatedAt && string.CompareOrdinal(entry.Id, after.Id) > 0);
}

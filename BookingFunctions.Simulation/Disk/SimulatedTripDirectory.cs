using System.Runtime.CompilerServices;
using BookingFunctions.Storage;

namespace BookingFunctions.Simulation.Disk;

/// <summary>The directory that one process sees: on the same disk, behind the same writer as its orchestrations.</summary>
internal sealed class SimulatedTripDirectory(DurableImage disk, GroupWriter writer) : ITripDirectory
{
    public Task<TripEntry> AddAsync(TripEntry entry, CancellationToken cancellation) =>
        writer.WriteAsync($"add trip {entry.Id}", contents => contents.Trips.AddAsync(entry, default), cancellation);

    public Task<KeyClaim> ClaimAsync(string keyHash, KeyClaim claim, CancellationToken cancellation) =>
        writer.WriteAsync($"claim key {keyHash}", contents => contents.Trips.ClaimAsync(keyHash, claim, default), cancellation);

    public Task<TripEntry?> FindAsync(string id, CancellationToken cancellation) =>
        writer.ReadAsync(() => disk.Trips.FindAsync(id, cancellation), cancellation);

    public Task<TripEntry?> UpdateAsync(string id, Func<TripEntry, TripEntry> change, CancellationToken cancellation) =>
        writer.WriteAheadAsync($"update trip {id}", contents => contents.Trips.UpdateAsync(id, change, default), cancellation);

    public Task<TripPage> ListAsync(TripQuery query, CancellationToken cancellation) =>
        writer.ReadAsync(() => disk.Trips.ListAsync(query, cancellation), cancellation);

    public Task<IReadOnlyList<TripCount>> CountAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation) =>
        writer.ReadAsync(() => disk.Trips.CountAsync(from, to, cancellation), cancellation);

    public async IAsyncEnumerable<TripEntry> ListUnstartedAsync(
        DateTimeOffset olderThan, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var unstarted = await writer.ReadAsync(
            async () => await disk.Trips.ListUnstartedAsync(olderThan, cancellation).ToListAsync(cancellation), cancellation);
        foreach (var entry in unstarted)
        {
            yield return entry;
        }
    }
}

using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Listing;
using BookingFunctions.Trips.Starting;

namespace BookingFunctions.Storage;

/// <summary>
/// Keeps the directory in an Azure table. Trips are spread over partitions by their ids, so that none is hot; in each, the
/// newest come first, so that a page is merged from the beginnings of all, or from where the page before has ended.
/// </summary>
/// <param name="table">The table; created when the first row is written.</param>
public sealed class TableTripDirectory(TableClient table) : ITripDirectory
{
    /// <summary>The table's name.</summary>
    public const string TableName = "Trips";

    private const string ClaimKey = "claim";

    private readonly StoreTable table = new(table);
    private readonly RecentTripRows recent = new();

    /// <inheritdoc/>
    public async Task<TripRow> AddAsync(TripRow entry, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var row = TableTripRows.ToEntity(entry);
        List<TableTransactionAction> rows =
        [
            Add(row),
            Add(TableTripRows.ToPointer(entry)),
            .. TableTripRows.IndexKeys(entry).Select(key => Add(TableTripRows.ToIndex(entry, key))),
        ];
        if (await table.TryChangeAsync(rows, cancellation) is { } added)
        {
            Keep(entry.Id, row, added);
            return entry;
        }

        return await FindAsync(entry.Id, cancellation)
            ?? throw new InvalidOperationException($"The table {TableName} has no trip of an id, and takes none.");
    }

    /// <inheritdoc/>
    public async Task<KeyClaim> ClaimAsync(string keyHash, KeyClaim claim, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(keyHash);
        ArgumentNullException.ThrowIfNull(claim);
        var partition = TableTripRows.ClaimPartition(keyHash);
        var row = new TableEntity(partition, ClaimKey)
        {
            [nameof(KeyClaim.TripId)] = claim.TripId,
            [nameof(KeyClaim.DefaultAttempts)] = claim.DefaultAttempts,
        };
        if (await table.TryChangeAsync([Add(row)], cancellation) is not null)
        {
            return claim;
        }

        var winner = await table.ReadAsync(partition, ClaimKey, cancellation)
            ?? throw new InvalidOperationException($"The table {TableName} has no claim of a key, and takes none.");
        return new KeyClaim(winner.GetString(nameof(KeyClaim.TripId)), winner.GetInt32(nameof(KeyClaim.DefaultAttempts))!.Value);
    }

    /// <inheritdoc/>
    public async Task<TripRow?> FindAsync(string id, CancellationToken cancellation) =>
        await ReadAsync(id, cancellation) is { } entity ? TableTripRows.ToEntry(entity) : null;

    /// <inheritdoc/>
    public async Task<TripRow?> UpdateAsync(string id, Func<TripRow, TripRow> change, CancellationToken cancellation)
    {
        if (recent.Find(id) is { } kept && await TryUpdateAsync(kept, change, cancellation) is { } changed)
        {
            return changed;
        }

        for (var attempt = 1; attempt <= StoreTable.MaxTries; attempt++)
        {
            if (await ReadAsync(id, cancellation) is not { } entity)
            {
                return null;
            }

            var before = TableTripRows.ToEntry(entity);
            if (TripChanges.Apply(before, change) == before)
            {
                return before;
            }

            if (await TryUpdateAsync(entity, change, cancellation) is { } after)
            {
                return after;
            }

            await StoreTable.WaitAsync(attempt, cancellation);
        }

        throw StoreTable.ConcurrencyRetriesExhausted($"The trip '{id}'");
    }

    /// <inheritdoc/>
    public Task<TripPage> ListAsync(TripQuery query, CancellationToken cancellation) =>
        new TableTripList(table, query).ReadAsync(cancellation);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TripCount>> CountAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation)
    {
        var shards = await Task.WhenAll(TableTripRows.AllShards.Select(shard => CountAsync(shard, from, to, cancellation)));
        return
        [
            .. from count in shards.SelectMany(counts => counts)
               group count.Value by count.Key into shared
               select new TripCount(shared.Key.Minute, shared.Key.Status, shared.Sum()),
        ];
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<TripRow> ListUnstartedAsync(
        DateTimeOffset olderThan, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // Older is later in the order of keys, and ':' follows the digits.
        var from = TableTripRows.UnstartedPrefix + TableTripRows.TimeKey(olderThan.UtcDateTime) + ":";
        var to = TableTripRows.UnstartedPrefix + ":";
        foreach (var shard in TableTripRows.AllShards)
        {
            var filter = TableClient.CreateQueryFilter($"PartitionKey eq {shard} and RowKey ge {from} and RowKey lt {to}");
            await foreach (var row in table.QueryAsync(filter, null, cancellation))
            {
                if (await table.ReadAsync(shard, TableTripRows.Target(row), cancellation) is { } entity
                    && TableTripRows.ToEntry(entity) is { IsStarted: false } entry)
                {
                    yield return entry;
                }
            }
        }
    }

    private async Task<Dictionary<(DateTimeOffset Minute, TripState Status), int>> CountAsync(
        string shard, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation)
    {
        var first = TableTripRows.ListPrefix(null) + TableTripRows.TimeKey(to.UtcDateTime);
        var end = TableTripRows.ListPrefix(null) + TableTripRows.TimeKey(from.UtcDateTime) + ":";
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {shard} and RowKey ge {first} and RowKey lt {end}");
        var counts = new Dictionary<(DateTimeOffset, TripState), int>();
        await foreach (var row in table.QueryAsync(filter, null, cancellation, TableTripRows.Counted))
        {
            var of = TableTripRows.CountOf(row);
            counts[of] = counts.GetValueOrDefault(of) + 1;
        }

        return counts;
    }

    private async Task<TableEntity?> ReadAsync(string id, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(id);
        var shard = TableTripRows.Shard(id);
        var key = recent.Find(id)?.RowKey
            ?? (await table.ReadAsync(shard, TableTripRows.PointerKey(id), cancellation) is { } pointer
                ? TableTripRows.Target(pointer)
                : null);
        var row = key is null ? null : await table.ReadAsync(shard, key, cancellation);
        if (row is not null)
        {
            recent.Keep(id, row);
        }

        return row;
    }

    // Null if it changes nothing, or the row was changed since it was read.
    private async Task<TripRow?> TryUpdateAsync(TableEntity entity, Func<TripRow, TripRow> change, CancellationToken cancellation)
    {
        var before = TableTripRows.ToEntry(entity);
        var after = TripChanges.Apply(before, change);
        if (after == before)
        {
            return null;
        }

        List<string> old = [.. TableTripRows.IndexKeys(before)];
        List<string> now = [.. TableTripRows.IndexKeys(after)];
        var row = TableTripRows.ToEntity(after);
        List<TableTransactionAction> rows =
        [
            new(TableTransactionActionType.UpdateReplace, row, entity.ETag),
            .. old.Except(now).Select(key => Delete(TableTripRows.ToIndex(before, key))),
            .. now.Except(old).Select(key => Add(TableTripRows.ToIndex(after, key))),
        ];
        if (await table.TryChangeAsync(rows, cancellation) is not { } changed)
        {
            return null;
        }

        Keep(after.Id, row, changed);
        return after;
    }

    private void Keep(string id, TableEntity row, IReadOnlyList<Response> answers)
    {
        if (answers[0].Headers.ETag is { } etag)
        {
            row.ETag = etag;
            recent.Keep(id, row);
        }
    }

    private static TableTransactionAction Add(TableEntity entity) => new(TableTransactionActionType.Add, entity);

    private static TableTransactionAction Delete(TableEntity entity) => new(TableTransactionActionType.Delete, entity);
}

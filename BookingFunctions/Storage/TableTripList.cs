using Azure.Data.Tables;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Listing;

namespace BookingFunctions.Storage;

/// <summary>Reads a page of trips: all shards are read side by side, and the newest of what they have next is taken.</summary>
/// <param name="table">The directory's table.</param>
/// <param name="query">Which trips.</param>
internal sealed class TableTripList(StoreTable table, TripQuery query)
{
    private readonly string? name = query.NamePrefix is { Length: > 0 } start ? TripChanges.NameKey(start) : null;

    // Few trips at a time are in the other states, so that their list is the shorter one.
    private readonly string prefix =
        query is { NamePrefix: { Length: > 0 } begin, Status: null or TripState.Confirmed or TripState.Cancelled }
            ? TableTripRows.NameListPrefix(TripChanges.NameKey(begin))
            : TableTripRows.ListPrefix(query.Status);

    /// <summary>Reads the page.</summary>
    public async Task<TripPage> ReadAsync(CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.PageSize, 1, nameof(query));
        var filter = Filter(TripPosition.FromToken(query.ContinuationToken));

        // Trips are spread evenly: a page takes about as many from each shard.
        var perShard = Math.Min((query.PageSize / TableTripRows.Shards * 3 / 2) + 4, 1000);
        var shards = TableTripRows.AllShards
            .Select(shard => table
                .QueryAsync($"PartitionKey eq '{shard}' and {filter}", perShard, cancellation)
                .GetAsyncEnumerator(cancellation))
            .ToList();
        try
        {
            return await MergeAsync(shards, cancellation);
        }
        finally
        {
            foreach (var shard in shards)
            {
                await shard.DisposeAsync();
            }
        }
    }

    private async Task<TripPage> MergeAsync(List<IAsyncEnumerator<TableEntity>> shards, CancellationToken cancellation)
    {
        var next = new PriorityQueue<IAsyncEnumerator<TableEntity>, string>(StringComparer.Ordinal);
        var has = await Task.WhenAll(shards.Select(shard => shard.MoveNextAsync().AsTask()));
        foreach (var (shard, _) in shards.Zip(has).Where(pair => pair.Second))
        {
            next.Enqueue(shard, shard.Current.RowKey);
        }

        List<TableEntity> rows = [];
        while (rows.Count < query.PageSize && next.TryDequeue(out var shard, out _))
        {
            rows.Add(shard.Current);
            if (await shard.MoveNextAsync())
            {
                next.Enqueue(shard, shard.Current.RowKey);
            }
        }

        var trips = await ToEntriesAsync(rows, cancellation);

        // A trip may have left the list by status since that was read.
        return new TripPage(
            [.. trips.Where(trip => TripChanges.Matches(query, trip))],
            next.Count == 0 ? null : TripPosition.Of(trips[^1]).ToToken());
    }

    private async Task<IReadOnlyList<TripRow>> ToEntriesAsync(List<TableEntity> rows, CancellationToken cancellation)
    {
        if (prefix == TableTripRows.ListPrefix(null))
        {
            return [.. rows.Select(TableTripRows.ToEntry)];
        }

        // The other lists have only the keys of the trips.
        var trips = new TripRow[rows.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellation };
        await Parallel.ForAsync(0, rows.Count, parallel, async (index, token) =>
        {
            var row = rows[index];
            var entity = await table.ReadAsync(row.PartitionKey, TableTripRows.Target(row), token)
                ?? throw new InvalidOperationException($"The table {TableTripDirectory.TableName} lists a trip that is not there.");
            trips[index] = TableTripRows.ToEntry(entity);
        });
        return trips;
    }

    private string Filter(TripPosition? after)
    {
        var from = prefix + (query.To is { } to ? TableTripRows.TimeKey(to.UtcDateTime) : "");
        if (after is not null && string.CompareOrdinal(prefix + TableTripRows.PositionKey(after), from) >= 0)
        {
            // The first key after that of the trip that was listed last.
            from = prefix + TableTripRows.PositionKey(after) + "!";
        }

        var until = prefix + (query.From is { } first ? TableTripRows.TimeKey(first.UtcDateTime) + ":" : ":");
        var range = TableClient.CreateQueryFilter($"RowKey ge {from} and RowKey lt {until}");
        return name is null ? range : $"{range} and {NameFilter(name)}";
    }

    // Where there is no next character, the filter lets too many through, and the page leaves them out.
    private static string NameFilter(string name) => char.IsSurrogate(name[^1]) || name[^1] == char.MaxValue
        ? TableClient.CreateQueryFilter($"NameKey ge {name}")
        : TableClient.CreateQueryFilter($"NameKey ge {name} and NameKey lt {name[..^1] + (char)(name[^1] + 1)}");
}

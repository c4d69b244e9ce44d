using System.Runtime.CompilerServices;
using BookingFunctions.Storage;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Listing;
using BookingFunctions.Trips.Starting;
using DurableTask.Sqlite.Storage;

namespace BookingFunctions.Local.Storage;

/// <summary>The directory in the SQLite file of the local host.</summary>
/// <param name="database">The open file, which has the <see cref="TripTables"/>; it stays the caller's to close.</param>
public sealed class SqliteTripDirectory(SqliteDatabase database) : ITripDirectory
{
    private const int UnstartedPageSize = 100;

    /// <summary>The columns that <see cref="Read"/> reads.</summary>
    internal const string Columns = "id, name, created_at, updated_at, status, reason, is_started, plan, outcome";

    private const string HasId = $"number = {SqliteTripNumbers.OfId}";

    /// <inheritdoc/>
    public Task<TripRow> AddAsync(TripRow entry, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return database.WriteAsync(
            session =>
            {
                if (Find(session, entry.Id) is { } present)
                {
                    return present;
                }

                Insert(session, entry);
                return entry;
            },
            cancellation);
    }

    /// <inheritdoc/>
    public Task<KeyClaim> ClaimAsync(string keyHash, KeyClaim claim, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(keyHash);
        ArgumentNullException.ThrowIfNull(claim);
        return database.WriteAsync(session => Claim(session, keyHash, claim), cancellation);
    }

    /// <inheritdoc/>
    public Task<TripRow?> FindAsync(string id, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(id);
        return database.ReadAsync(session => Find(session, id), cancellation);
    }

    /// <inheritdoc/>
    public Task<TripRow?> UpdateAsync(string id, Func<TripRow, TripRow> change, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(change);
        return database.WriteAsync(session => Update(session, id, change), cancellation);
    }

    /// <inheritdoc/>
    public async Task<TripRow?> RecordAsync(string id, Func<TripRow, TripRow> change, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(change);
        return await database.WriteEarlyAsync(session => Update(session, id, change), cancellation);
    }

    /// <inheritdoc/>
    public async Task<TripPage> ListAsync(TripQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.PageSize, 1, nameof(query));
        var after = TripPosition.FromToken(query.ContinuationToken);
        return await database.ReadAsync(session => List(session, query, after), cancellation);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<TripCount>> CountAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<TripCount>>(session => Count(session, from, to), cancellation);

    /// <inheritdoc/>
    public async IAsyncEnumerable<TripRow> ListUnstartedAsync(
        DateTimeOffset olderThan, [EnumeratorCancellation] CancellationToken cancellation)
    {
        List<TripRow> page = [];
        do
        {
            var after = page.Count == 0 ? "" : page[^1].Id;
            page = await database.ReadAsync(session => ReadUnstarted(session, after, olderThan), cancellation);
            foreach (var entry in page)
            {
                yield return entry;
            }
        }
        while (page.Count == UnstartedPageSize);
    }

    /// <summary>Adds a trip, within a write.</summary>
    /// <exception cref="IdTakenException">Its id is taken.</exception>
    internal static void Add(SqliteSession session, TripRow entry)
    {
        if (session.Statement($"SELECT 1 FROM trips WHERE {HasId}").Bind(entry.Id).Read())
        {
            throw new IdTakenException(entry.Id);
        }

        Insert(session, entry);
    }

    private static void Insert(SqliteSession session, TripRow entry)
    {
        SqliteTripNumbers.Give(session, entry.Id);
        session.Statement(
            $"""
            INSERT INTO trips (number, {Columns}, name_key)
            VALUES ({SqliteTripNumbers.OfId}, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
            .Bind(entry.Id)
            .Bind(entry.Id)
            .Bind(entry.Name)
            .Bind(entry.CreatedAt.UtcDateTime)
            .Bind(entry.UpdatedAt.UtcDateTime)
            .Bind(entry.Status.ToString())
            .Bind(entry.Reason)
            .Bind(entry.IsStarted ? 1 : 0)
            .Bind(entry.Plan)
            .Bind(entry.Outcome)
            .Bind(TripChanges.NameKey(entry.Name))
            .Run();
    }

    private static TripRow? Update(SqliteSession session, string id, Func<TripRow, TripRow> change)
    {
        if (Find(session, id) is not { } before)
        {
            return null;
        }

        var after = TripChanges.Apply(before, change);
        if (after == before)
        {
            return before;
        }

        session.Statement(
            $"UPDATE trips SET updated_at = ?, status = ?, reason = ?, is_started = ?, plan = ?, outcome = ? WHERE {HasId}")
            .Bind(after.UpdatedAt.UtcDateTime)
            .Bind(after.Status.ToString())
            .Bind(after.Reason)
            .Bind(after.IsStarted ? 1 : 0)
            .Bind(after.Plan)
            .Bind(after.Outcome)
            .Bind(id)
            .Run();
        return after;
    }

    private static KeyClaim Claim(SqliteSession session, string keyHash, KeyClaim claim)
    {
        var row = session.Statement("SELECT trip_id, default_attempts FROM trip_keys WHERE key_hash = ?").Bind(keyHash);
        if (row.Read())
        {
            return new KeyClaim(row.Text(0), (int)row.Number(1));
        }

        session.Statement("INSERT INTO trip_keys (key_hash, trip_id, default_attempts) VALUES (?, ?, ?)")
            .Bind(keyHash).Bind(claim.TripId).Bind(claim.DefaultAttempts).Run();
        return claim;
    }

    private static TripRow? Find(SqliteSession session, string id)
    {
        var row = session.Statement($"SELECT {Columns} FROM trips WHERE {HasId}").Bind(id);
        return row.Read() ? Read(row) : null;
    }

    private static TripPage List(SqliteSession session, TripQuery query, TripPosition? after)
    {
        // The bound that always holds is what the index is entered by; the row's own comparison leaves out those of its
        // moment that were listed already.
        var newest = query.To?.UtcDateTime ?? DateTime.MaxValue;
        if (after is not null && after.CreatedAt < newest)
        {
            newest = after.CreatedAt;
        }

        var byStatus = query.Status is null ? "" : "status = ?8 AND";
        var rows = session.Statement(
            $"""
            SELECT {Columns} FROM trips
            WHERE {byStatus} created_at BETWEEN ?1 AND ?2
              AND (?3 IS NULL OR created_at < ?3 OR id > ?4)
              AND (?5 IS NULL OR substr(name_key, 1, ?6) = ?5)
            ORDER BY created_at DESC, id LIMIT ?7
            """)
            .Bind(query.From?.UtcDateTime ?? DateTime.MinValue)
            .Bind(newest)
            .Bind(after?.CreatedAt)
            .Bind(after?.Id)
            .Bind(query.NamePrefix is null ? null : TripChanges.NameKey(query.NamePrefix))
            .Bind(query.NamePrefix is null ? 0 : CodePoints(query.NamePrefix))
            .Bind(query.PageSize + 1L);
        if (query.Status is { } status)
        {
            rows.Bind(status.ToString());
        }

        List<TripRow> page = [];
        while (rows.Read())
        {
            if (page.Count == query.PageSize)
            {
                return new TripPage(page, TripPosition.Of(page[^1]).ToToken());
            }

            page.Add(Read(rows));
        }

        return new TripPage(page, null);
    }

    // All that it needs is in the index by status.
    private static List<TripCount> Count(SqliteSession session, DateTimeOffset from, DateTimeOffset to)
    {
        var rows = session.Statement(
            $"""
            SELECT status, created_at / {TimeSpan.TicksPerMinute} AS minute, count(*) FROM trips
            WHERE status IN ({string.Join(", ", Enum.GetNames<TripState>().Select(name => $"'{name}'"))}) AND created_at BETWEEN ? AND ?
            GROUP BY status, minute
            """)
            .Bind(from.UtcDateTime)
            .Bind(to.UtcDateTime);
        List<TripCount> counts = [];
        while (rows.Read())
        {
            var minute = new DateTimeOffset(rows.Number(1) * TimeSpan.TicksPerMinute, TimeSpan.Zero);
            counts.Add(new TripCount(minute, Enum.Parse<TripState>(rows.Text(0)), (int)rows.Number(2)));
        }

        return counts;
    }

    private static List<TripRow> ReadUnstarted(SqliteSession session, string after, DateTimeOffset olderThan)
    {
        var rows = session.Statement(
            $"SELECT {Columns} FROM trips WHERE is_started = 0 AND id > ? AND created_at < ? ORDER BY id LIMIT ?")
            .Bind(after).Bind(olderThan.UtcDateTime).Bind(UnstartedPageSize);
        List<TripRow> page = [];
        while (rows.Read())
        {
            page.Add(Read(rows));
        }

        return page;
    }

    /// <summary>Reads a row.</summary>
    internal static TripRow Read(SqliteStatement row) => new()
    {
        Id = row.Text(0),
        Name = row.Text(1),
        CreatedAt = new DateTimeOffset(row.Time(2)),
        UpdatedAt = new DateTimeOffset(row.Time(3)),
        Status = Enum.Parse<TripState>(row.Text(4)),
        Reason = row.TextOrNull(5),
        IsStarted = row.Number(6) != 0,
        Plan = row.Text(7),
        Outcome = row.TextOrNull(8),
    };

    // SQLite counts a text's characters as code points.
    private static int CodePoints(string text) => text.EnumerateRunes().Count();
}

using System.Globalization;
using Azure.Data.Tables;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Listing;

namespace BookingFunctions.Storage;

/// <summary>
/// The rows that a trip has in its shard. One has everything, and its key makes the newest come first; one, which never
/// changes, says under which key that is; and one a list that the trip is on (by status, by how its name begins, and of those
/// not yet started).
/// </summary>
internal static class TableTripRows
{
    /// <summary>How many partitions the trips are spread over.</summary>
    public const int Shards = 16;

    // With three letters a list is short; with one there is a list for every question.
    private static readonly int[] ListedStarts = [3, 1];

    private const string Position = "Position";
    private const string NameKey = "NameKey";

    /// <summary>All shards' partition keys.</summary>
    public static IEnumerable<string> AllShards => Enumerable.Range(0, Shards).Select(ShardKey);

    /// <summary>The partition of a trip.</summary>
    public static string Shard(string id) => ShardKey(Convert.ToInt32(TableKeys.Hash(id)[..1], 16));

    /// <summary>The partition of an idempotency key.</summary>
    public static string ClaimPartition(string keyHash) => $"key-{TableKeys.Escape(keyHash)}";

    /// <summary>The key of the row that says where a trip's own row is.</summary>
    public static string PointerKey(string id) => $"id-{TableKeys.Escape(id)}";

    /// <summary>What the keys of a list's rows begin with.</summary>
    public static string ListPrefix(TripState? status) => status is { } state ? $"is-{state}-" : "trip-";

    /// <summary>What the keys of those begin with whose names may begin so: a list has all names with the same first letters.</summary>
    /// <param name="nameStart">The name's beginning, as <see cref="TripChanges.NameKey"/> writes it; not empty.</param>
    public static string NameListPrefix(string nameStart) => NameList(nameStart, ListedStarts.First(length => length <= nameStart.Length));

    /// <summary>What the keys of those not started begin with.</summary>
    public const string UnstartedPrefix = "new-";

    /// <summary>The end of a trip's keys in all lists: newest first.</summary>
    public static string PositionKey(TripPosition position) => $"{TimeKey(position.CreatedAt)}-{TableKeys.Escape(position.Id)}";

    /// <summary>The beginning of the position of all trips of a moment.</summary>
    public static string TimeKey(DateTime createdAt) =>
        (DateTime.MaxValue.Ticks - createdAt.Ticks).ToString("d19", CultureInfo.InvariantCulture);

    /// <summary>The keys of the rows by which lists find a trip.</summary>
    public static IEnumerable<string> IndexKeys(TripRow entry)
    {
        var position = PositionKey(TripPosition.Of(entry));
        yield return ListPrefix(entry.Status) + position;
        var name = TripChanges.NameKey(entry.Name);
        foreach (var length in ListedStarts.Where(length => length <= name.Length))
        {
            yield return NameList(name, length) + position;
        }

        if (!entry.IsStarted)
        {
            yield return UnstartedPrefix + position;
        }
    }

    /// <summary>A trip's own row.</summary>
    public static TableEntity ToEntity(TripRow entry) => new(Shard(entry.Id), RowKey(entry))
    {
        [nameof(TripRow.Id)] = entry.Id,
        [nameof(TripRow.Name)] = entry.Name,
        [NameKey] = TripChanges.NameKey(entry.Name),
        [nameof(TripRow.CreatedAt)] = entry.CreatedAt.UtcTicks,
        [nameof(TripRow.UpdatedAt)] = entry.UpdatedAt.UtcTicks,
        [nameof(TripRow.Status)] = entry.Status.ToString(),
        [nameof(TripRow.Reason)] = entry.Reason,
        [nameof(TripRow.IsStarted)] = entry.IsStarted,
        [nameof(TripRow.Plan)] = entry.Plan,
        [nameof(TripRow.Outcome)] = entry.Outcome,
    };

    /// <summary>The row that says where a trip's own row is.</summary>
    public static TableEntity ToPointer(TripRow entry) => new(Shard(entry.Id), PointerKey(entry.Id))
    {
        [Position] = RowKey(entry),
    };

    /// <summary>A row by which a list finds a trip.</summary>
    public static TableEntity ToIndex(TripRow entry, string key) => new(Shard(entry.Id), key)
    {
        [Position] = RowKey(entry),
        [NameKey] = TripChanges.NameKey(entry.Name),
    };

    /// <summary>The key of a trip's own row, as a row that points to it has it.</summary>
    public static string Target(TableEntity pointer) => pointer.GetString(Position);

    /// <summary>The trip of its own row.</summary>
    public static TripRow ToEntry(TableEntity entity) => new()
    {
        Id = entity.GetString(nameof(TripRow.Id)),
        Name = entity.GetString(nameof(TripRow.Name)),
        CreatedAt = Time(entity, nameof(TripRow.CreatedAt)),
        UpdatedAt = Time(entity, nameof(TripRow.UpdatedAt)),
        Status = Enum.Parse<TripState>(entity.GetString(nameof(TripRow.Status))),
        Reason = entity.GetString(nameof(TripRow.Reason)),
        IsStarted = entity.GetBoolean(nameof(TripRow.IsStarted)) ?? false,
        Plan = entity.GetString(nameof(TripRow.Plan)),
        Outcome = entity.GetString(nameof(TripRow.Outcome)),
    };

    /// <summary>What is read of trips that are only counted.</summary>
    public static readonly IReadOnlyList<string> Counted = [nameof(TripRow.CreatedAt), nameof(TripRow.Status)];

    /// <summary>As what a trip of which <see cref="Counted"/> was read counts.</summary>
    public static (DateTimeOffset Minute, TripState Status) CountOf(TableEntity entity) => (
        TripCount.MinuteOf(Time(entity, nameof(TripRow.CreatedAt))), Enum.Parse<TripState>(entity.GetString(nameof(TripRow.Status))));

    private static string NameList(string name, int length) =>
        string.Create(CultureInfo.InvariantCulture, $"by{length}-{TableKeys.Escape(name[..length])}-");

    private static string RowKey(TripRow entry) => ListPrefix(null) + PositionKey(TripPosition.Of(entry));

    private static string ShardKey(int number) => string.Create(CultureInfo.InvariantCulture, $"trips-{number:x}");

    private static DateTimeOffset Time(TableEntity entity, string property) => new(entity.GetInt64(property)!.Value, TimeSpan.Zero);
}

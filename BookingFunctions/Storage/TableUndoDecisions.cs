using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using BookingFunctions.Trips.Deciding;

namespace BookingFunctions.Storage;

/// <summary>
/// Keeps operators' decisions in an Azure table, all in one partition: people make few. A decision that is not delivered has a second row,
/// by which the sweep finds it, and which is deleted on delivery.
/// </summary>
/// <param name="table">The table; created when the first decision is kept.</param>
public sealed class TableUndoDecisions(TableClient table) : IUndoDecisions
{
    /// <summary>The table's name.</summary>
    public const string TableName = "UndoDecisions";

    private const string Partition = "decision";
    private const string UndeliveredPrefix = "undelivered-";

    private readonly StoreTable table = new(table);

    /// <inheritdoc/>
    public async Task<KeptDecision> AddAsync(KeptDecision decision, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(decision);
        List<TableTransactionAction> rows =
        [
            new(TableTransactionActionType.Add, ToEntity(Key(decision), decision)),
            new(TableTransactionActionType.Add, ToEntity(UndeliveredKey(decision), decision)),
        ];
        return await table.TryChangeAsync(rows, cancellation) is not null
            ? decision
            : await table.ReadAsync(Partition, Key(decision), cancellation) is { } kept ? Read(kept)
            : throw new InvalidOperationException($"The table {TableName} has no decision about a failure, and takes none.");
    }

    /// <inheritdoc/>
    public async Task<bool> MarkDeliveredAsync(KeptDecision decision, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(decision);
        List<TableTransactionAction> rows =
        [
            new(TableTransactionActionType.UpdateReplace, ToEntity(Key(decision), decision with { IsDelivered = true }), ETag.All),
            new(TableTransactionActionType.Delete, ToEntity(UndeliveredKey(decision), decision), ETag.All),
        ];
        return await table.TryChangeAsync(rows, cancellation) is not null;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<KeptDecision> ListUndeliveredAsync(
        DateTimeOffset olderThan, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var end = UndeliveredPrefix + TimeKey(olderThan);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {UndeliveredPrefix} and RowKey lt {end}");
        await foreach (var row in table.QueryAsync(filter, null, cancellation))
        {
            yield return Read(row);
        }
    }

    private static string Key(KeptDecision kept) => string.Create(
        CultureInfo.InvariantCulture, $"for-{TableKeys.Escape(kept.TripId)}-{kept.Decision.Leg}-{kept.Decision.Failure}");

    private static string UndeliveredKey(KeptDecision kept) => $"{UndeliveredPrefix}{TimeKey(kept.Decision.At)}-{Key(kept)}";

    private static string TimeKey(DateTimeOffset time) => time.UtcTicks.ToString("d19", CultureInfo.InvariantCulture);

    private static TableEntity ToEntity(string key, KeptDecision kept) => new(Partition, key)
    {
        [nameof(KeptDecision.TripId)] = kept.TripId,
        [nameof(KeptDecision.Decision)] = JsonSerializer.Serialize(kept.Decision),
        [nameof(KeptDecision.IsDelivered)] = kept.IsDelivered,
    };

    private static KeptDecision Read(TableEntity row) => new(
        row.GetString(nameof(KeptDecision.TripId)),
        JsonSerializer.Deserialize<UndoDecision>(row.GetString(nameof(KeptDecision.Decision)))!,
        row.GetBoolean(nameof(KeptDecision.IsDelivered)) ?? false);
}

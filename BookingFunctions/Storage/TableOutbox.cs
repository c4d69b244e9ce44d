using Azure.Data.Tables;

namespace BookingFunctions.Storage;

/// <summary>Keeps the outbox in an Azure table, one message a partition.</summary>
/// <param name="table">The table; created when the first message is added.</param>
public sealed class TableOutbox(TableClient table) : IOutbox
{
    /// <summary>The table's name.</summary>
    public const string TableName = "Outbox";

    private const string RowKey = "message";

    private readonly StoreTable table = new(table);

    /// <inheritdoc/>
    public async Task AddAsync(OutboxMessage message, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(message);
        var entity = new TableEntity(TableKeys.Escape(message.Id), RowKey)
        {
            [nameof(OutboxMessage.Id)] = message.Id,
            [nameof(OutboxMessage.TripId)] = message.TripId,
            [nameof(OutboxMessage.Body)] = message.Body,
            [nameof(OutboxMessage.CreatedAt)] = message.CreatedAt.UtcTicks,
        };

        // If it isn't added, it was there.
        await table.TryChangeAsync([new TableTransactionAction(TableTransactionActionType.Add, entity)], cancellation);
    }

    /// <inheritdoc/>
    public async Task<OutboxMessage?> FindAsync(string id, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(id);
        return await table.ReadAsync(TableKeys.Escape(id), RowKey, cancellation) is { } entity
            ? new OutboxMessage(
                id,
                entity.GetString(nameof(OutboxMessage.TripId)),
                entity.GetString(nameof(OutboxMessage.Body)),
                new DateTimeOffset(entity.GetInt64(nameof(OutboxMessage.CreatedAt))!.Value, TimeSpan.Zero))
            : null;
    }
}

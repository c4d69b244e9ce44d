using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;

namespace BookingFunctions.Storage;

/// <summary>A table that is created by the first write to it, and empty until then.</summary>
/// <param name="table">The table.</param>
internal sealed class StoreTable(TableClient table)
{
    /// <summary>How often a change is tried that others get ahead of: it takes a crowd to lose them all.</summary>
    public const int MaxTries = 100;

    /// <summary>Waits a little, longer after each race that was lost, so that those who race don't all come back at once.</summary>
    public static Task WaitAsync(int attempt, CancellationToken cancellation) =>
        Task.Delay(Random.Shared.Next(1, Math.Min(attempt * 10, 200)), cancellation);

    /// <summary>Reads an entity.</summary>
    /// <returns>The entity, or null if it isn't there.</returns>
    public async Task<TableEntity?> ReadAsync(string partitionKey, string rowKey, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partitionKey, rowKey, cancellationToken: cancellation);
        return found.HasValue ? found.Value : null;
    }

    /// <summary>Reads the entities of a filter, in the order of their keys, a page at a time, with all properties or only some.</summary>
    public async IAsyncEnumerable<TableEntity> QueryAsync(
        string filter, int? pageSize, [EnumeratorCancellation] CancellationToken cancellation, IEnumerable<string>? properties = null)
    {
        await using var entities = table.QueryAsync<TableEntity>(filter, pageSize, properties, cancellation)
            .GetAsyncEnumerator(cancellation);
        while (await MoveNextAsync(entities))
        {
            yield return entities.Current;
        }
    }

    /// <summary>Makes changes to entities of one partition, all or none of them.</summary>
    /// <returns>The answer to each; null if another caller has changed one of the entities since it was read.</returns>
    public async Task<IReadOnlyList<Response>?> TryChangeAsync(
        IReadOnlyCollection<TableTransactionAction> changes, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return (await table.SubmitTransactionAsync(changes, cancellation)).Value;
            }
            catch (RequestFailedException e) when (e.ErrorCode == "TableNotFound")
            {
                await table.CreateIfNotExistsAsync(cancellation);
            }
            catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
            {
                // 409: another caller has added the entity; 412: has changed it; 404: the entity that was read is gone.
                return null;
            }
        }
    }

    /// <summary>The error of a change that lost every try to concurrent writers.</summary>
    public static InvalidOperationException ConcurrencyRetriesExhausted(string what) =>
        new($"{what} was changed by others each time that this one tried to change it, {MaxTries} times. Try again later.");

    private static async Task<bool> MoveNextAsync(IAsyncEnumerator<TableEntity> entities)
    {
        try
        {
            return await entities.MoveNextAsync();
        }
        catch (RequestFailedException e) when (e.ErrorCode == "TableNotFound")
        {
            return false;
        }
    }
}

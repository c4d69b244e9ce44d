using Azure.Data.Tables;

namespace BookingFunctions.Storage;

/// <summary>
/// Trips' rows as this process has written or read them last. A change that goes by one of these is refused by its ETag if the row was
/// changed since, so it saves a read and is never wrong.
/// </summary>
internal sealed class RecentTripRows
{
    private const int Capacity = 1000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, TableEntity> byId = new(StringComparer.Ordinal);
    private readonly Queue<string> ids = [];

    /// <summary>Finds the row of a trip; null if it isn't kept.</summary>
    public TableEntity? Find(string id)
    {
        lock (gate)
        {
            return byId.GetValueOrDefault(id);
        }
    }

    /// <summary>Keeps a row, instead of the one that came first if there are too many.</summary>
    public void Keep(string id, TableEntity row)
    {
        lock (gate)
        {
            if (!byId.ContainsKey(id))
            {
                ids.Enqueue(id);
                if (ids.Count > Capacity)
                {
                    byId.Remove(ids.Dequeue());
                }
            }

            byId[id] = row;
        }
    }
}

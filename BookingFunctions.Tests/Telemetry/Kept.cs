using System.Collections.ObjectModel;

namespace BookingFunctions.Tests.Telemetry;

/// <summary>What an exporter to memory adds to while a test reads it.</summary>
internal sealed class Kept<T> : Collection<T>
{
    /// <summary>What is there now.</summary>
    public IReadOnlyList<T> Now
    {
        get
        {
            lock (Items)
            {
                return [.. Items];
            }
        }
    }

    /// <inheritdoc/>
    protected override void InsertItem(int index, T item)
    {
        lock (Items)
        {
            Items.Add(item);
        }
    }
}

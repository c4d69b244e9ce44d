namespace DurableTask.Sqlite.Storage;

/// <summary>A store's file was written by a newer version of this program.</summary>
public sealed class StoreVersionException : StoreOpenException
{
    /// <summary>A store's file was written by a newer version of this program.</summary>
    public StoreVersionException()
    {
    }

    /// <summary>A store's file was written by a newer version of this program.</summary>
    /// <param name="message">Which file, why, and what to do.</param>
    public StoreVersionException(string message)
        : base(message)
    {
    }

    /// <summary>A store's file was written by a newer version of this program.</summary>
    /// <param name="message">Which file, why, and what to do.</param>
    /// <param name="innerException">What was thrown when it was tried.</param>
    public StoreVersionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

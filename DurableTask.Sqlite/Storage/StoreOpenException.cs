namespace DurableTask.Sqlite.Storage;

/// <summary>A store's file can't be opened. The message says which file, why, and what to do.</summary>
public class StoreOpenException : Exception
{
    /// <summary>A store's file can't be opened.</summary>
    public StoreOpenException()
    {
    }

    /// <summary>A store's file can't be opened.</summary>
    /// <param name="message">Which file, why, and what to do.</param>
    public StoreOpenException(string message)
        : base(message)
    {
    }

    /// <summary>A store's file can't be opened.</summary>
    /// <param name="message">Which file, why, and what to do.</param>
    /// <param name="innerException">What was thrown when it was tried.</param>
    public StoreOpenException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

namespace DurableTask.Sqlite.Storage;

/// <summary>A store's file is in use by another process, or opened a second time by this one.</summary>
public sealed class StoreLockedException : StoreOpenException
{
    /// <summary>A store's file is in use by another process, or opened a second time by this one.</summary>
    public StoreLockedException()
    {
    }

    /// <summary>A store's file is in use by another process, or opened a second time by this one.</summary>
    /// <param name="message">Which file, why, and what to do.</param>
    public StoreLockedException(string message)
        : base(message)
    {
    }

    /// <summary>A store's file is in use by another process, or opened a second time by this one.</summary>
    /// <param name="message">Which file, why, and what to do.</param>
    /// <param name="innerException">What was thrown when it was tried.</param>
    public StoreLockedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

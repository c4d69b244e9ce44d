namespace DurableTask.Sqlite.Storage;

/// <summary>
/// A store could not be read or written: the disk is full or failing, or the file is damaged. The message says which file, why,
/// and what to do. A write that ends so has left nothing behind, unless the process ends before this is seen.
/// </summary>
public sealed class StoreUnavailableException : IOException
{
    /// <summary>A store could not be read or written.</summary>
    public StoreUnavailableException()
    {
    }

    /// <summary>A store could not be read or written.</summary>
    /// <param name="message">Which file, why, and what to do.</param>
    public StoreUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>A store could not be read or written.</summary>
    /// <param name="message">Which file, why, and what to do.</param>
    /// <param name="innerException">What was thrown when it was tried.</param>
    public StoreUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>After how long it is worth trying again. One second by default.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);
}

namespace BookingFunctions.Storage;

/// <summary>Keeps messages to travelers until they are sent.</summary>
public interface IOutbox
{
    /// <summary>
    /// Adds a message, unless its id is there already. It is durable before the outcome of the activity that adds it is.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellation">Ends the wait; the message may be added all the same.</param>
    Task AddAsync(OutboxMessage message, CancellationToken cancellation);

    /// <summary>Finds a message.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The message, or null if there is none.</returns>
    Task<OutboxMessage?> FindAsync(string id, CancellationToken cancellation);
}

using BookingFunctions.Storage;
using DurableTask.AzureStorage;

namespace BookingFunctions.Local.Backends;

/// <summary>Makes the storage provider's clients of an account.</summary>
internal static class StorageClients
{
    /// <summary>Makes those of an account with a task hub.</summary>
    /// <param name="connection">The account.</param>
    /// <exception cref="InvalidOperationException">The settings don't say the address of one of its services.</exception>
    public static StorageAccountClientProvider Create(StorageConnection connection) => connection.ConnectionString is { } text
        ? new StorageAccountClientProvider(text)
        : new StorageAccountClientProvider(
            connection.FindAddress("blob"), connection.FindAddress("queue"), connection.FindAddress("table"), connection.Credential);

    /// <summary>Makes those of an account with a hub's instances and histories.</summary>
    /// <param name="connection">The account.</param>
    /// <exception cref="InvalidOperationException">The settings don't say the address of one of its services.</exception>
    public static TrackingServiceClientProvider CreateTracking(StorageConnection connection) => connection.ConnectionString is { } text
        ? new TrackingServiceClientProvider(text)
        : new TrackingServiceClientProvider(connection.FindAddress("blob"), connection.FindAddress("table"), connection.Credential);
}

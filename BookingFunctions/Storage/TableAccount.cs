using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;

namespace BookingFunctions.Storage;

/// <summary>Connects to the tables of the storage account that the Functions host uses for itself.</summary>
public static class TableAccount
{
    /// <summary>Makes a client of the account's tables.</summary>
    /// <param name="configuration">Has the settings of the account: see <see cref="StorageConnection.Read"/>.</param>
    /// <exception cref="InvalidOperationException">The settings name no account, or can't be read.</exception>
    public static TableServiceClient Connect(IConfiguration configuration)
    {
        var connection = StorageConnection.Read(configuration);
        return connection.ConnectionString is { } text
            ? new TableServiceClient(text)
            : new TableServiceClient(connection.FindAddress("table"), connection.Credential);
    }
}

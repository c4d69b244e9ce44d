using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Microsoft.Extensions.Configuration;

namespace BookingFunctions.Storage;

/// <summary>
/// Finds the storage account as the Functions host finds its own: by a connection string, or by a name or an address and an
/// identity.
/// </summary>
public static class TableAccount
{
    /// <summary>The setting with the connection string; with <c>__</c> and a name, those of the account and the identity.</summary>
    public const string ConnectionSetting = "AzureWebJobsStorage";

    /// <summary>Makes a client of the account's tables.</summary>
    /// <param name="configuration">
    /// Has the connection string; or <c>tableServiceUri</c>, or <c>accountName</c>, and for an identity other than the one
    /// that Azure finds by itself <c>credential</c> (<c>managedidentity</c>) and <c>clientId</c>.
    /// </param>
    /// <exception cref="InvalidOperationException">The settings name no account, or can't be read.</exception>
    public static TableServiceClient Connect(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var settings = configuration.GetSection(ConnectionSetting);
        if (!string.IsNullOrWhiteSpace(settings.Value))
        {
            return FromConnectionString(settings.Value);
        }

        var address = Address(settings) ?? throw new InvalidOperationException(
            $"The setting {ConnectionSetting} is missing. Set it to a storage account's connection string, or to "
            + "UseDevelopmentStorage=true for Azurite (local.settings.json, or the function app's settings); or set "
            + $"{ConnectionSetting}__accountName to the account's name, to use an identity.");
        return new TableServiceClient(address, Credential(settings));
    }

    private static TableServiceClient FromConnectionString(string connection)
    {
        try
        {
            return new TableServiceClient(connection);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            // Not with the exception: its message may have the account's key.
            throw new InvalidOperationException(
                $"The setting {ConnectionSetting} is no connection string of a storage account. Copy one from the account's access keys.");
        }
    }

    private static Uri? Address(IConfigurationSection settings)
    {
        const string addressSetting = "tableServiceUri";
        const string nameSetting = "accountName";
        if (settings[addressSetting] is { Length: > 0 } text)
        {
            return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps
                ? address
                : throw new InvalidOperationException(
                    $"The setting {ConnectionSetting}__{addressSetting} is '{text}', which is no https address. "
                    + "It looks as https://<account>.table.core.windows.net.");
        }

        if (settings[nameSetting] is not { Length: > 0 } name)
        {
            return null;
        }

        return name.All(char.IsAsciiLetterOrDigit)
            ? new Uri($"https://{name}.table.core.windows.net")
            : throw new InvalidOperationException(
                $"The setting {ConnectionSetting}__{nameSetting} is '{name}'. A storage account's name has letters and digits only.");
    }

    private static TokenCredential Credential(IConfigurationSection settings)
    {
        var client = settings["clientId"] is { Length: > 0 } id ? id : null;
        return string.Equals(settings["credential"], "managedidentity", StringComparison.OrdinalIgnoreCase)
            ? new ManagedIdentityCredential(client is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(client))
            : new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = client });
    }
}

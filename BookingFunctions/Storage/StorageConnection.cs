using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Microsoft.Extensions.Configuration;

namespace BookingFunctions.Storage;

/// <summary>
/// A storage account as the Functions host is configured with it: by a connection string, or by a name or addresses and an identity.
/// </summary>
public sealed class StorageConnection
{
    /// <summary>The setting with the connection string; with <c>__</c> and a name, those of the account and the identity.</summary>
    public const string DefaultSetting = "AzureWebJobsStorage";

    private readonly IConfigurationSection settings;
    private readonly string setting;

    private StorageConnection(IConfigurationSection settings, string setting) => (this.settings, this.setting) = (settings, setting);

    /// <summary>The connection string; null if the account is configured by its name or addresses, and an identity.</summary>
    public string? ConnectionString => string.IsNullOrWhiteSpace(settings.Value) ? null : settings.Value;

    /// <summary>The identity that the account knows; used without a connection string.</summary>
    public TokenCredential Credential
    {
        get
        {
            var client = settings["clientId"] is { Length: > 0 } id ? id : null;
            return string.Equals(settings["credential"], "managedidentity", StringComparison.OrdinalIgnoreCase)
                ? new ManagedIdentityCredential(
                    client is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(client))
                : new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = client });
        }
    }

    /// <summary>Reads the settings of an account.</summary>
    /// <param name="configuration">
    /// Has the connection string; or <c>blobServiceUri</c>, <c>queueServiceUri</c> and <c>tableServiceUri</c>, or <c>accountName</c>, and
    /// for an identity other than the one that Azure finds by itself <c>credential</c> (<c>managedidentity</c>) and <c>clientId</c>.
    /// </param>
    /// <param name="name">The connection's name; as with the Functions host, <c>AzureWebJobs</c> before it may be left out.</param>
    /// <exception cref="InvalidOperationException">The settings name no account, or can't be read.</exception>
    public static StorageConnection Read(IConfiguration configuration, string name = DefaultSetting)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentException.ThrowIfNullOrEmpty(name);
        string[] names = ["AzureWebJobs" + name, name];
        var setting = names.FirstOrDefault(candidate => IsSet(Find(configuration, candidate))) ?? throw new InvalidOperationException(
            $"The setting {name} is missing. Set it to a storage account's connection string, or to "
            + "UseDevelopmentStorage=true for Azurite (local.settings.json, or the function app's settings); or set "
            + $"{name}__accountName to the account's name, to use an identity.");
        var connection = new StorageConnection(Find(configuration, setting), setting);
        connection.CheckConnectionString();
        return connection;
    }

    /// <summary>Finds the address of one of the account's services.</summary>
    /// <param name="service">The service as it is named in addresses: <c>blob</c>, <c>queue</c> or <c>table</c>.</param>
    /// <exception cref="InvalidOperationException">The settings don't say it, or it can't be read.</exception>
    public Uri FindAddress(string service)
    {
        const string nameSetting = "accountName";
        var addressSetting = $"{service}ServiceUri";
        if (settings[addressSetting] is { Length: > 0 } text)
        {
            return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps
                ? address
                : throw new InvalidOperationException(
                    $"The setting {setting}__{addressSetting} is '{text}', which is no https address. "
                    + $"It looks as https://<account>.{service}.core.windows.net.");
        }

        if (settings[nameSetting] is not { Length: > 0 } name)
        {
            throw new InvalidOperationException(
                $"The setting {setting}__{addressSetting} is missing. Set it to the address of the account's {service} service, or set "
                + $"{setting}__{nameSetting} to the account's name.");
        }

        return name.All(char.IsAsciiLetterOrDigit)
            ? new Uri($"https://{name}.{service}.core.windows.net")
            : throw new InvalidOperationException(
                $"The setting {setting}__{nameSetting} is '{name}'. A storage account's name has letters and digits only.");
    }

    private static IConfigurationSection Find(IConfiguration configuration, string name) =>
        configuration.GetSection("ConnectionStrings").GetSection(name) is var section && IsSet(section)
            ? section
            : configuration.GetSection(name);

    private static bool IsSet(IConfigurationSection section) => !string.IsNullOrWhiteSpace(section.Value) || section.GetChildren().Any();

    private void CheckConnectionString()
    {
        if (ConnectionString is null)
        {
            return;
        }

        try
        {
            _ = new TableServiceClient(ConnectionString);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            // Not with the exception: its message may have the account's key.
            throw new InvalidOperationException(
                $"The setting {setting} is no connection string of a storage account. Copy one from the account's access keys.");
        }
    }
}

using System.Security.Cryptography;
using System.Text;
using Microsoft.Azure.Functions.Worker;

namespace LocalFunctionsHost.Keys;

/// <summary>
/// The keys that callers have to show, as on Azure: a master key that opens everything, keys that open every function, keys
/// that open one, and the system keys of extensions.
/// </summary>
/// <param name="keys">The keys; none if nothing is to be checked.</param>
/// <param name="managementCode">What the addresses of the management API carry as their <c>code</c>.</param>
internal sealed class FunctionKeys(IReadOnlyList<FunctionKey> keys, string managementCode)
{
    /// <summary>The name of the master key.</summary>
    public const string MasterName = "master";

    /// <summary>The name of the system key that opens the management API.</summary>
    public const string ManagementName = "durabletask_extension";

    /// <summary>Checks nothing.</summary>
    public static FunctionKeys None { get; } = new([], "local");

    /// <summary>Whether callers have to show a key.</summary>
    public bool AreSet => keys.Count > 0;

    /// <summary>What the addresses of the management API carry as their <c>code</c>.</summary>
    public string ManagementCode => managementCode;

    /// <summary>The hash of a key's value.</summary>
    public static byte[] Hash(string value) => SHA256.HashData(Encoding.UTF8.GetBytes(value));

    /// <summary>Finds the key that a caller shows. In constant time, so that the time reveals nothing about the keys.</summary>
    /// <param name="value">What the caller shows.</param>
    /// <param name="function">The function that is called; null for the management API.</param>
    /// <returns>The key, or null if it is none that counts there.</returns>
    public FunctionKey? Find(string value, string? function)
    {
        var hash = Hash(value);
        FunctionKey? found = null;
        foreach (var key in keys)
        {
            // Each is compared, and wholly.
            var isIt = CryptographicOperations.FixedTimeEquals(hash, key.Hash);
            if (isIt && (key.Function is null || key.Function.Equals(function, StringComparison.OrdinalIgnoreCase)))
            {
                found ??= key;
            }
        }

        return found;
    }

    /// <summary>Whether a key is enough for a function of some level. As on Azure, only the master key opens the other levels.</summary>
    /// <param name="key">The key, or null if none was shown.</param>
    /// <param name="level">The level.</param>
    public bool Opens(FunctionKey? key, AuthorizationLevel level) =>
        !AreSet || level == AuthorizationLevel.Anonymous || key?.Level == AuthorizationLevel.Admin || key?.Level == level;

    /// <summary>Whether a key is enough for the management API.</summary>
    /// <param name="key">The key, or null if none was shown.</param>
    public bool OpensManagement(FunctionKey? key) =>
        Opens(key, AuthorizationLevel.System)
        && (!AreSet || key!.Level == AuthorizationLevel.Admin || key.Name.Equals(ManagementName, StringComparison.OrdinalIgnoreCase));
}

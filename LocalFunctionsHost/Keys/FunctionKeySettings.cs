using System.Security.Cryptography;
using System.Text;
using LocalFunctionsHost.Settings;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace LocalFunctionsHost.Keys;

/// <summary>Reads the keys from the settings: the section <c>Keys</c>, in the environment <c>Keys__Master</c> and so on.</summary>
internal static class FunctionKeySettings
{
    private const string Section = "Keys";
    private const int MinCharacters = 16;
    private const int MaxCharacters = 256;

    /// <summary>Reads them.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="functions">The names of the functions that answer HTTP requests.</param>
    /// <exception cref="HostStartException">A key is wrong. The message doesn't show it.</exception>
    public static FunctionKeys Read(IConfiguration configuration, IReadOnlyCollection<string> functions)
    {
        var values = configuration.GetSection(Section).AsEnumerable(makePathsRelative: true)
            .Where(setting => setting.Value is not null)
            .OrderBy(setting => setting.Key, StringComparer.OrdinalIgnoreCase)
            .Select(setting => (Path: $"{Section}:{setting.Key}", Key: Parse(setting.Key.Split(':'), functions), Value: setting.Value!))
            .ToList();
        if (values.Count == 0)
        {
            return FunctionKeys.None;
        }

        foreach (var (path, _, value) in values)
        {
            Check(path, value);
        }

        foreach (var same in values.GroupBy(value => value.Value, StringComparer.Ordinal))
        {
            CheckOne([.. same.Select(value => (value.Path, value.Key))]);
        }

        if (values.FirstOrDefault(value => value.Key.Level == AuthorizationLevel.Admin).Value is not { } master)
        {
            throw new HostStartException($"The settings have keys, but no master key, which every app has: set {Section}__Master.");
        }

        var management = values.FirstOrDefault(value => IsManagement(value.Key)).Value ?? Derive(master);
        var keys = values
            .Where(value => !IsManagement(value.Key))
            .Select(value => value.Key with { Hash = FunctionKeys.Hash(value.Value) })
            .Append(new FunctionKey(FunctionKeys.ManagementName, AuthorizationLevel.System, null, FunctionKeys.Hash(management)));

        // The order in which Azure compares: what opens more goes first.
        return new FunctionKeys([.. keys.OrderByDescending(key => key.Level).ThenBy(key => key.Function is null ? 0 : 1)], management);
    }

    private static FunctionKey Parse(string[] path, IReadOnlyCollection<string> functions) => path switch
    {
        [var first] when Is(first, "Master") => new FunctionKey(FunctionKeys.MasterName, AuthorizationLevel.Admin, null, []),
        [var first, var name] when Is(first, "Host") => new FunctionKey(name, AuthorizationLevel.Function, null, []),
        [var first, var name] when Is(first, "System") => new FunctionKey(name, AuthorizationLevel.System, null, []),
        [var first, var function, var name] when Is(first, "Functions") =>
            functions.Contains(function, StringComparer.OrdinalIgnoreCase)
                ? new FunctionKey(name, AuthorizationLevel.Function, function, [])
                : throw new HostStartException(
                    $"The setting {Section}__{string.Join("__", path)} is for a function that the app doesn't have: "
                    + $"there are {string.Join(", ", functions)}."),
        _ => throw new HostStartException(
            $"The setting {Section}__{string.Join("__", path)} is no key: there are {Section}__Master, {Section}__Host__NAME, "
            + $"{Section}__Functions__FUNCTION__NAME and {Section}__System__NAME."),
    };

    private static void Check(string path, string value)
    {
        if (value.Length is < MinCharacters or > MaxCharacters || !value.All(c => c is > ' ' and <= '~'))
        {
            throw new HostStartException(
                $"The setting {Name(path)} has to be {MinCharacters} to {MaxCharacters} printable ASCII characters without blanks. "
                + "'openssl rand -hex 32' makes a good one.");
        }
    }

    // A caller is known by the name of its key: a value with two names would be two callers.
    private static void CheckOne(List<(string Path, FunctionKey Key)> same)
    {
        var first = same[0];
        foreach (var (path, key) in same.Skip(1))
        {
            if (key.Function is null || first.Key.Function is null || !Is(key.Name, first.Key.Name))
            {
                throw new HostStartException(
                    $"The settings {Name(first.Path)} and {Name(path)} have the same value, but only a key of several functions, "
                    + "of the same name for each, may be there more than once.");
            }
        }
    }

    // Azure makes this key by itself, too. It stays the same as long as the master key does.
    private static string Derive(string master) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(master), Encoding.UTF8.GetBytes(FunctionKeys.ManagementName)));

    private static bool IsManagement(FunctionKey key) =>
        key.Level == AuthorizationLevel.System && Is(key.Name, FunctionKeys.ManagementName);

    private static bool Is(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static string Name(string path) => path.Replace(":", "__", StringComparison.Ordinal);
}

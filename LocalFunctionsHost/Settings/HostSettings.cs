using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using static DurableTask.Core.Settings.VersioningSettings;

namespace LocalFunctionsHost.Settings;

/// <summary>What <c>host.json</c> says, as far as this host uses it.</summary>
public sealed record HostSettings
{
    private static readonly string[] TelemetryModes = ["ApplicationInsights", "OpenTelemetry"];

    /// <summary>What every function's route starts with, without slashes at its ends; empty for nothing.</summary>
    public string RoutePrefix { get; init; } = "api";

    /// <summary>The task hub's name; 3 to 45 letters and digits.</summary>
    public string HubName { get; init; } = "TestHubName";

    /// <summary>How many activities run at once, from 1 to 10,000; null for the backend's default.</summary>
    public int? MaxConcurrentActivities { get; init; }

    /// <summary>How many orchestrators run at once, from 1 to 10,000; null for the backend's default.</summary>
    public int? MaxConcurrentOrchestrators { get; init; }

    /// <summary>The version of new instances; empty for none.</summary>
    public string DefaultVersion { get; init; } = "";

    /// <summary>Which instances run, by their version.</summary>
    public VersionMatchStrategy VersionMatch { get; init; }

    /// <summary>What becomes of those that don't.</summary>
    public VersionFailureStrategy VersionFailure { get; init; }

    /// <summary>
    /// Whether links in answers go by the headers <c>X-Forwarded-Host</c> and <c>X-Forwarded-Proto</c>, which a proxy has to set.
    /// </summary>
    public bool UseForwardedHost { get; init; }

    /// <summary>The section <c>extensions.durableTask</c> as it was read and checked, for the backend.</summary>
    public IConfigurationSection DurableTask { get; init; } = new ConfigurationBuilder().Build().GetSection("extensions:durableTask");

    /// <summary>How long the backend keeps ended instances, above zero; null for ever. It is the setting <c>--retention</c>.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>Log levels by category; "default" for all others.</summary>
    public IReadOnlyDictionary<string, LogLevel> LogLevels { get; init; } = new Dictionary<string, LogLevel>();

    /// <summary>
    /// Reads the file. As with the Azure host, comments are allowed and an environment variable such as
    /// <c>AzureFunctionsJobHost__extensions__http__routePrefix</c> overrides a value.
    /// </summary>
    /// <param name="path">The file; without it, the defaults hold.</param>
    /// <exception cref="HostStartException">The file can't be read or has a wrong value.</exception>
    internal static HostSettings Read(string path)
    {
        IConfigurationRoot file;
        try
        {
            // A stream, not a file provider, which would watch the file.
            using var stream = File.Exists(path) ? File.OpenRead(path) : Stream.Null;
            var builder = new ConfigurationBuilder();
            if (stream != Stream.Null)
            {
                builder.AddJsonStream(stream);
            }

            file = builder.AddEnvironmentVariables("AzureFunctionsJobHost__").Build();
        }
        catch (Exception e) when (
            e is JsonException or FormatException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new HostStartException($"{path} can't be read: {(e.InnerException ?? e).Message}", e);
        }

        if (file["version"] is { } schema && schema != "2.0")
        {
            throw Wrong(path, "version", schema, "must be \"2.0\"");
        }

        if (file["telemetryMode"] is { } mode && !TelemetryModes.Contains(mode, StringComparer.OrdinalIgnoreCase))
        {
            throw Wrong(path, "telemetryMode", mode, $"must be one of {string.Join(", ", TelemetryModes)}");
        }

        HostFileRules.Check(file, (key, value, rule) => Wrong(path, key, value, rule));
        var defaults = new HostSettings();
        var version = file["extensions:durableTask:defaultVersion"] ?? defaults.DefaultVersion;
        return new HostSettings
        {
            DurableTask = file.GetSection("extensions:durableTask"),
            DefaultVersion = version,
            VersionMatch = ReadEnum<VersionMatchStrategy>(file, "extensions:durableTask:versionMatchStrategy")
                ?? (version.Length == 0 ? VersionMatchStrategy.None : VersionMatchStrategy.CurrentOrOlder),
            VersionFailure = ReadEnum<VersionFailureStrategy>(file, "extensions:durableTask:versionFailureStrategy")
                ?? VersionFailureStrategy.Reject,
            UseForwardedHost = file["extensions:durableTask:httpSettings:useForwardedHost"] is { } forwarded && bool.Parse(forwarded),
            RoutePrefix = file["extensions:http:routePrefix"]?.Trim('/') ?? defaults.RoutePrefix,
            HubName = HubNameFrom(file, path) ?? defaults.HubName,
            MaxConcurrentActivities = Limit(file, "extensions:durableTask:maxConcurrentActivityFunctions"),
            MaxConcurrentOrchestrators = Limit(file, "extensions:durableTask:maxConcurrentOrchestratorFunctions"),
            LogLevels = file.GetSection("logging:logLevel").GetChildren().ToDictionary(
                level => level.Key,
                level => Enum.TryParse<LogLevel>(level.Value, ignoreCase: true, out var parsed)
                    ? parsed
                    : throw Wrong(path, level.Path, level.Value, "must be a log level, such as Warning")),
        };
    }

    private static string? HubNameFrom(IConfiguration file, string path)
    {
        const string key = "extensions:durableTask:hubName";
        var name = file[key];
        return name is null || (name.Length is >= 3 and <= 45 && char.IsAsciiLetter(name[0]) && name.All(char.IsAsciiLetterOrDigit))
            ? name
            : throw Wrong(path, key, name, "must be 3 to 45 letters and digits, a letter first");
    }

    private static TEnum? ReadEnum<TEnum>(IConfiguration file, string key)
        where TEnum : struct => Enum.TryParse<TEnum>(file[key], ignoreCase: true, out var value) ? value : null;

    private static int? Limit(IConfiguration file, string key) =>
        file[key] is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : null;

    private static HostStartException Wrong(string path, string key, string? value, string rule) =>
        new($"{path}: '{key.Replace(':', '.')}' is '{value}', but it {rule}.");
}

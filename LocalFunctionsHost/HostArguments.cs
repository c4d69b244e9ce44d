namespace LocalFunctionsHost;

/// <summary>What the command line says.</summary>
/// <param name="Settings">The settings that it gives, by configuration key.</param>
/// <param name="Help">Whether the usage was asked for.</param>
/// <param name="Error">What is wrong with it, or null.</param>
internal sealed record HostArguments(IReadOnlyDictionary<string, string?> Settings, bool Help, string? Error)
{
    public const string UrlsKey = "urls";
    public const string DataKey = "data";
    public const string RetentionKey = "retention";
    public const string EnvironmentKey = "environment";

    public const string Usage = """
        Options:
          --urls URLS          where to listen, separated by ';' (default: http://localhost:7071);
                               other machines can reach it only if Keys__Master is set in the environment
          --data FILE          the file that keeps all state, created if missing (default: .local/trips.db)
          --retention D.HH:MM:SS
                               how long ended instances are kept, such as 30.00:00:00 for 30 days (default: for ever)
          --environment NAME   Development or Production (default: what DOTNET_ENVIRONMENT says, or else Production)
          --SECTION:KEY VALUE  any other setting, such as --Logging:LogLevel:Default Debug
          --help               this text
        Settings are also taken from the environment (URLS, DATA, RETENTION, SECTION__KEY) and from the
        appsettings.json beside the program; the command line wins.
        """;

    private static readonly Dictionary<string, string> Options = new(StringComparer.OrdinalIgnoreCase)
    {
        ["--urls"] = UrlsKey,
        ["--data"] = DataKey,
        ["--retention"] = RetentionKey,
        ["--environment"] = EnvironmentKey,
    };

    public static HostArguments Parse(IReadOnlyList<string> args)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < args.Count; i++)
        {
            var name = args[i];
            if (name is "--help" or "-h" or "-?")
            {
                return new HostArguments(settings, true, null);
            }

            string? value = null;
            var equals = name.IndexOf('=', StringComparison.Ordinal);
            if (equals >= 0)
            {
                (name, value) = (name[..equals], name[(equals + 1)..]);
            }

            if (KeyOf(name) is not { } key)
            {
                return new HostArguments(settings, false, $"The option '{name}' is unknown.");
            }

            if (value is null && i + 1 < args.Count && !args[i + 1].StartsWith("--", StringComparison.Ordinal))
            {
                value = args[++i];
            }

            if (string.IsNullOrWhiteSpace(value))
            {
                return new HostArguments(settings, false, $"The option '{name}' needs a value.");
            }

            settings[key] = value;
        }

        return new HostArguments(settings, false, null);
    }

    private static string? KeyOf(string name) =>
        Options.TryGetValue(name, out var key) ? key
        : name.StartsWith("--", StringComparison.Ordinal) && IsSectionAndKey(name[2..]) ? name[2..]
        : null;

    private static bool IsSectionAndKey(string name) =>
        name.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && colon < name.Length - 1;
}

namespace LocalFunctionsHost.Settings;

/// <summary>What the command line says.</summary>
/// <param name="Settings">The settings that it gives, by configuration key.</param>
/// <param name="Help">Whether to print the usage.</param>
/// <param name="Error">What is wrong with it, or null.</param>
internal sealed record HostArguments(IReadOnlyDictionary<string, string?> Settings, bool Help, string? Error)
{
    public const string UrlsKey = "urls";
    public const string RetentionKey = "retention";
    public const string EnvironmentKey = "environment";

    // Where the descriptions begin.
    private const int Column = 21;

    private static readonly HostOption[] OwnOptions =
    [
        new(
            UrlsKey,
            "URLS",
            """
            where to listen, separated by ';' (default: http://localhost:7071);
            other machines can reach it only if Keys__Master is set in the environment
            """),
        new(RetentionKey, "D.HH:MM:SS", "how long ended instances are kept, such as 30.00:00:00 for 30 days (default: for ever)"),
        new(EnvironmentKey, "NAME", "Development or Production (default: what DOTNET_ENVIRONMENT says, or else Production)"),
    ];

    /// <summary>Describes the options.</summary>
    /// <param name="more">Those that the program adds to the host's own.</param>
    public static string DescribeUsage(IReadOnlyList<HostOption> more)
    {
        HostOption[] options = [.. OwnOptions, .. more];
        var lines = options.SelectMany(option => Describe($"--{option.Key} {option.Value}", option.Usage));
        var variables = string.Join(", ", options.Select(option => option.Key.ToUpperInvariant()));
        return $"""
            Options:
            {string.Join(Environment.NewLine, lines)}
              --SECTION:KEY VALUE  any other setting, such as --Logging:LogLevel:Default Debug
              --help               this text
            Settings are also taken from the environment ({variables}, SECTION__KEY)
            and from the appsettings.json beside the program; the command line wins.
            """;
    }

    /// <summary>Reads the command line.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="more">The options that the program adds to the host's own.</param>
    public static HostArguments Parse(IReadOnlyList<string> args, IReadOnlyList<HostOption> more)
    {
        var options = OwnOptions.Concat(more)
            .ToDictionary(option => $"--{option.Key}", option => option.Key, StringComparer.OrdinalIgnoreCase);
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

            if (KeyOf(options, name) is not { } key)
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

    private static IEnumerable<string> Describe(string option, string usage)
    {
        var lines = usage.Split('\n');
        var isShort = option.Length < Column;
        if (!isShort)
        {
            yield return $"  {option}";
        }

        for (var line = 0; line < lines.Length; line++)
        {
            yield return $"  {(isShort && line == 0 ? option : "").PadRight(Column)}{lines[line]}";
        }
    }

    private static string? KeyOf(Dictionary<string, string> options, string name) =>
        options.TryGetValue(name, out var key) ? key
        : name.StartsWith("--", StringComparison.Ordinal) && IsSectionAndKey(name[2..]) ? name[2..]
        : null;

    private static bool IsSectionAndKey(string name) =>
        name.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && colon < name.Length - 1;
}

using System.Globalization;
using System.Text.RegularExpressions;
using LocalFunctionsHost.Http;
using LocalFunctionsHost.Keys;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace LocalFunctionsHost.Management;

/// <summary>
/// The query of a management call. The Azure host ignores what it can't read; here that is refused: without one of its filters, a call
/// would find, or remove, more than the caller wants.
/// </summary>
/// <param name="request">The call.</param>
internal sealed partial class ManagementQuery(HttpRequest request)
{
    private const string TaskHubParameter = "taskHub";

    // Below what a timer takes.
    private const int MaxSeconds = 4_000_000;

    private const string StatusParameter = "runtimeStatus";

    // What the addresses that the host gives have in their query.
    private static readonly string[] Common = [KeyCheck.Parameter, TaskHubParameter, "connection"];

    /// <summary>Refuses a call for another task hub.</summary>
    /// <param name="hubName">The one that the host has.</param>
    /// <exception cref="BadRequestException">It names another one.</exception>
    public void CheckTaskHub(string hubName)
    {
        if (Text(TaskHubParameter) is { } hub && !hub.Equals(hubName, StringComparison.OrdinalIgnoreCase))
        {
            throw Wrong($"'{TaskHubParameter}' is '{hub}', but this host has only the task hub '{hubName}'.");
        }
    }

    /// <summary>Refuses parameters that the call doesn't have.</summary>
    /// <param name="known">Those that it has, beside the ones that every call has.</param>
    /// <exception cref="BadRequestException">There is another one.</exception>
    public ManagementQuery Only(params string[] known)
    {
        string[] all = [.. known, .. Common];
        return request.Query.Keys.FirstOrDefault(name => !all.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } unknown
            ? throw Wrong($"'{unknown}' is not a parameter of this call: there are {string.Join(", ", all)}.")
            : this;
    }

    /// <summary>A text that may be empty, or null if the parameter is missing.</summary>
    public string? Text(string name) => !request.Query.TryGetValue(name, out var values) ? null
        : values.Count == 1 ? values[0]
        : throw Wrong($"'{name}' is there {values.Count} times: it may be there once.");

    /// <summary>A text that isn't empty, or null if the parameter is missing.</summary>
    public string? Filter(string name) =>
        Text(name) is "" ? throw Wrong($"'{name}' is empty: give it a value, or leave it out.") : Text(name);

    public bool? Flag(string name) =>
        Text(name) is not { } text ? null : bool.TryParse(text, out var value) ? value : throw Wrong($"'{name}' has to be true or false.");

    /// <summary>A whole number from 0, or null if the parameter is missing.</summary>
    public int? Number(string name) =>
        Text(name) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value
        : throw Wrong($"'{name}' has to be a whole number from 0 to {int.MaxValue}.");

    public TimeSpan? Seconds(string name) =>
        Text(name) is not { } text ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= MaxSeconds
            ? TimeSpan.FromSeconds(value)
            : throw Wrong($"'{name}' has to be a number of seconds from 0 to {MaxSeconds}.");

    /// <summary>A time, or null if the parameter is missing. One without an offset is UTC.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        // .NET has no leap seconds: one is read as the instant after it.
        var isLeap = LeapSecond().IsMatch(text);
        var readable = isLeap ? LeapSecond().Replace(text, ":59") : text;
        const DateTimeStyles styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParse(readable, CultureInfo.InvariantCulture, styles, out var time)
            && (!isLeap || time.TimeOfDay == new TimeSpan(23, 59, 59))
            ? isLeap ? time.AddSeconds(1) : time
            : throw Wrong($"'{name}' has to be a time as in RFC 3339, such as 2026-03-01T09:30:00Z; a + in it is written %2B.");
    }

    /// <summary>The statuses that are named, or null if the parameter is missing.</summary>
    public IReadOnlyList<OrchestrationRuntimeStatus>? Statuses() =>
        request.Query.TryGetValue(StatusParameter, out var values)
            ? [.. values.SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries)).Select(Status)]
            : null;

    // Not by TryParse, which takes numbers too.
    private static OrchestrationRuntimeStatus Status(string name)
    {
        var names = Enum.GetNames<OrchestrationRuntimeStatus>();
        return names.Contains(name, StringComparer.Ordinal)
            ? Enum.Parse<OrchestrationRuntimeStatus>(name)
            : throw Wrong($"'{StatusParameter}' names '{name}', but there are {string.Join(", ", names)}.");
    }

    private static BadRequestException Wrong(string message) => new(StatusCodes.Status400BadRequest, message);

    [GeneratedRegex(
        @"(?<=T[0-9]{2}:[0-9]{2}):60(\.[0-9]+)?(?=(Z|[+-][0-9]{2}:[0-9]{2})\z)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LeapSecond();
}

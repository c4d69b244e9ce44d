using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace LocalFunctionsHost.Management;

/// <summary>The query of a management call. As with the Azure host, what can't be read counts as not given.</summary>
internal static class ManagementQuery
{
    public static string? Text(HttpRequest request, string name) => request.Query.TryGetValue(name, out var values) ? values[^1] : null;

    public static bool? Flag(HttpRequest request, string name) => bool.TryParse(Text(request, name), out var value) ? value : null;

    public static int? Number(HttpRequest request, string name) =>
        int.TryParse(Text(request, name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    public static TimeSpan? Seconds(HttpRequest request, string name) =>
        double.TryParse(Text(request, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && value is >= 0 and < int.MaxValue
            ? TimeSpan.FromSeconds(value)
            : null;

    public static DateTimeOffset? Time(HttpRequest request, string name) => DateTimeOffset.TryParse(
        Text(request, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var value)
            ? value
            : null;

    /// <summary>The statuses that are named, without names that are none, and whether there is any name.</summary>
    public static (List<OrchestrationRuntimeStatus> Statuses, bool AreNamed) Statuses(HttpRequest request)
    {
        var statuses = new List<OrchestrationRuntimeStatus>();
        var names = request.Query["runtimeStatus"]
            .SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .ToList();
        foreach (var name in names)
        {
            if (Enum.TryParse<OrchestrationRuntimeStatus>(name, ignoreCase: false, out var status))
            {
                statuses.Add(status);
            }
        }

        return (statuses, names.Count > 0);
    }
}

using DurableTask.Core;

namespace LocalFunctionsHost.Client;

/// <summary>
/// The statuses in which an existing instance keeps its id. Those of an instance that has not ended always do, as by default on Azure:
/// replacing it would leave its open activities without an instance.
/// </summary>
internal static class DedupeStatuses
{
    private static readonly OrchestrationStatus[] Open =
        [OrchestrationStatus.Pending, OrchestrationStatus.Running, OrchestrationStatus.Suspended];

    /// <param name="names">The statuses that a start names, in any letter case; null for none.</param>
    /// <exception cref="ArgumentException">A name is no status.</exception>
    public static OrchestrationStatus[] Create(IEnumerable<string>? names) => [.. Open.Union((names ?? []).Select(Parse))];

    private static OrchestrationStatus Parse(string name) => Enum.TryParse<OrchestrationStatus>(name, ignoreCase: true, out var status)
        ? status
        : throw new ArgumentException(
            $"'{name}' is not a status that an instance can have: there are {string.Join(", ", Enum.GetNames<OrchestrationStatus>())}.",
            nameof(name));
}

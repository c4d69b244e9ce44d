using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace LocalFunctionsHost;

/// <summary>
/// The settings that the Durable Functions extension has in <c>host.json</c>, with its ranges: what Azure would not start with is said
/// here, too, though this host uses few of them.
/// </summary>
internal static class HostFileRules
{
    private const string Section = "extensions:durableTask";
    private const string Provider = "storageProvider:";

    private static readonly Rule Anything = new(_ => true, "");
    private static readonly Rule Flag = new(value => bool.TryParse(value, out _), "must be true or false");
    private static readonly Rule Positive = Whole(1, int.MaxValue);

    private static readonly Dictionary<string, Rule> Rules = new(StringComparer.OrdinalIgnoreCase)
    {
        ["hubName"] = Anything, // HostSettings says more of it.
        ["defaultVersion"] = Anything,
        ["versionMatchStrategy"] = OneOf("None", "Strict", "CurrentOrOlder"),
        ["versionFailureStrategy"] = OneOf("Reject", "Fail"),
        ["maxConcurrentActivityFunctions"] = Whole(1, 10_000),
        ["maxConcurrentOrchestratorFunctions"] = Whole(1, 10_000),
        ["maxConcurrentEntityFunctions"] = Positive,
        ["maxEntityOperationBatchSize"] = Positive,
        ["maxOrchestrationActions"] = Positive,
        ["maxGrpcMessageSizeInBytes"] = Positive,
        ["grpcHttpClientTimeout"] = Time(TimeSpan.FromTicks(1), TimeSpan.MaxValue),
        ["extendedSessionsEnabled"] = Flag,
        ["extendedSessionIdleTimeoutInSeconds"] = Whole(0, int.MaxValue),
        ["overridableExistingInstanceStates"] = OneOf("AnyState", "NonRunningStates"),
        ["entityMessageReorderWindowInMinutes"] = Whole(0, int.MaxValue),
        ["localRpcEndpointEnabled"] = Flag,
        ["useGracefulShutdown"] = Flag,
        ["rollbackEntityOperationsOnExceptions"] = Flag,
        ["throwStatusExceptionsOnRaiseEvent"] = Flag,
        ["storeInputsInOrchestrationHistory"] = Flag,
        ["useAppLease"] = Flag,
        ["appLeaseOptions"] = Anything,
        ["notifications"] = Anything,
        ["httpSettings:defaultAsyncRequestSleepTimeMilliseconds"] = Positive,
        ["httpSettings:useForwardedHost"] = Flag,
        ["tracing:traceInputsAndOutputs"] = Flag,
        ["tracing:traceReplayEvents"] = Flag,
        ["tracing:allowVerboseLinuxTelemetry"] = Flag,
        ["tracing:includeInstanceIdInOperationName"] = Flag,
        ["tracing:distributedTracingEnabled"] = Flag,
        ["tracing:distributedTracingProtocol"] = OneOf("HttpCorrelationProtocol", "W3CTraceContext"),
        ["tracing:version"] = OneOf("None", "V1", "V2"),

        // Each kind of storage has settings of its own; these are Azure Storage's.
        [Provider + "controlQueueBatchSize"] = Positive,
        [Provider + "controlQueueBufferThreshold"] = Whole(1, 1000),
        [Provider + "controlQueueVisibilityTimeout"] = Time(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(60)),
        [Provider + "workItemQueueVisibilityTimeout"] = Time(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(60)),
        [Provider + "maxQueuePollingInterval"] = Time(TimeSpan.FromTicks(1), TimeSpan.MaxValue),
        [Provider + "partitionCount"] = Whole(1, 16),
        [Provider + "fetchLargeMessagesAutomatically"] = Flag,
        [Provider + "useTablePartitionManagement"] = Flag,
        [Provider + "useLegacyPartitionManagement"] = Flag,
        [Provider + "useInstanceTableEtag"] = Flag,
        [Provider + "allowReplayingTerminalInstances"] = Flag,
    };

    /// <summary>Checks the settings.</summary>
    /// <param name="file">The file's content.</param>
    /// <param name="wrong">Makes the error of a setting (its key, its value, the rule).</param>
    /// <returns>The settings whose names are unknown: misspelt, or of a newer extension.</returns>
    /// <exception cref="HostStartException">A value is out of its range.</exception>
    public static IReadOnlyList<string> Check(IConfiguration file, Func<string, string, string, HostStartException> wrong)
    {
        var unknown = new List<string>();
        foreach (var (key, value) in file.GetSection(Section).AsEnumerable(makePathsRelative: true))
        {
            if (value is null || key.Length == 0)
            {
                continue;
            }

            if (Find(key) is not { } rule)
            {
                unknown.Add($"{Section}:{key}".Replace(':', '.'));
            }
            else if (!rule.Holds(value))
            {
                throw wrong($"{Section}:{key}", value, rule.Text);
            }
        }

        unknown.Sort(StringComparer.Ordinal);
        return unknown;
    }

    private static Rule? Find(string key) =>
        Rules.TryGetValue(key, out var rule) ? rule
        : key.StartsWith(Provider, StringComparison.OrdinalIgnoreCase) ? Anything
        : key.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && Rules.TryGetValue(key[..colon], out var section) ? section
        : null;

    private static Rule Whole(int least, int most) => new(
        value => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most,
        most == int.MaxValue ? $"must be a whole number from {least}" : $"must be a whole number from {least} to {most}");

    private static Rule Time(TimeSpan least, TimeSpan most) => new(
        value => TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out var time) && time >= least && time <= most,
        most == TimeSpan.MaxValue ? "must be a time above zero, such as 00:00:30" : $"must be a time from {least:c} to {most:c}");

    private static Rule OneOf(params string[] values) => new(
        value => values.Contains(value, StringComparer.OrdinalIgnoreCase), $"must be one of {string.Join(", ", values)}");

    private sealed record Rule(Func<string, bool> Holds, string Text);
}

using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace LocalFunctionsHost.Settings;

/// <summary>
/// The settings that the Durable Functions extension has in <c>host.json</c>, with its ranges. The extension skips a name that it doesn't
/// know; here a misspelt setting is an error.
/// </summary>
internal static class HostFileRules
{
    private const string Section = "extensions:durableTask";
    private const string Provider = "storageProvider:";
    private const string ProviderType = Provider + "type";
    private const string AzureStorage = "AzureStorage";

    private static readonly Rule Anything = new(_ => true, "");
    private static readonly Rule Flag = new(value => bool.TryParse(value, out _), "must be true or false");
    private static readonly Rule Positive = Integer(1, int.MaxValue);
    private static readonly Rule PositiveTime = Time(TimeSpan.FromTicks(1), TimeSpan.MaxValue);

    private static readonly Dictionary<string, Rule> Extension = new(StringComparer.OrdinalIgnoreCase)
    {
        ["hubName"] = Anything, // HostSettings says more of it.
        ["defaultVersion"] = Anything,
        ["versionMatchStrategy"] = OneOf("None", "Strict", "CurrentOrOlder"),
        ["versionFailureStrategy"] = OneOf("Reject", "Fail"),
        ["maxConcurrentActivityFunctions"] = Integer(1, 10_000),
        ["maxConcurrentOrchestratorFunctions"] = Integer(1, 10_000),
        ["maxConcurrentEntityFunctions"] = Positive,
        ["maxEntityOperationBatchSize"] = Positive,
        ["maxOrchestrationActions"] = Positive,
        ["maxGrpcMessageSizeInBytes"] = Positive,
        ["grpcHttpClientTimeout"] = PositiveTime,
        ["extendedSessionsEnabled"] = Flag,
        ["extendedSessionIdleTimeoutInSeconds"] = Integer(0, int.MaxValue),
        ["overridableExistingInstanceStates"] = OneOf("AnyState", "NonRunningStates"),
        ["entityMessageReorderWindowInMinutes"] = Integer(0, int.MaxValue),
        ["localRpcEndpointEnabled"] = Flag,
        ["useGracefulShutdown"] = Flag,
        ["rollbackEntityOperationsOnExceptions"] = Flag,
        ["throwStatusExceptionsOnRaiseEvent"] = Flag,
        ["storeInputsInOrchestrationHistory"] = Flag,
        ["useAppLease"] = Flag,
        ["appLeaseOptions:renewInterval"] = PositiveTime,
        ["appLeaseOptions:acquireInterval"] = PositiveTime,
        ["appLeaseOptions:leaseInterval"] = PositiveTime,
        ["notifications:eventGrid:topicEndpoint"] = Anything,
        ["notifications:eventGrid:keySettingName"] = Anything,
        ["notifications:eventGrid:publishRetryCount"] = Integer(0, int.MaxValue),
        ["notifications:eventGrid:publishRetryInterval"] = Time(TimeSpan.FromTicks(1), TimeSpan.FromMinutes(60)),
        ["notifications:eventGrid:publishRetryHttpStatus"] = Integer(100, 599),
        ["notifications:eventGrid:publishEventTypes"] = Anything,
        ["httpSettings:defaultAsyncRequestSleepTimeMilliseconds"] = Positive,
        ["httpSettings:useForwardedHost"] = Flag,
        ["tracing:traceInputsAndOutputs"] = Flag,
        ["tracing:traceReplayEvents"] = Flag,
        ["tracing:allowVerboseLinuxTelemetry"] = Flag,
        ["tracing:includeInstanceIdInOperationName"] = Flag,
        ["tracing:distributedTracingEnabled"] = Flag,
        ["tracing:distributedTracingProtocol"] = OneOf("HttpCorrelationProtocol", "W3CTraceContext"),
        ["tracing:version"] = OneOf("None", "V1", "V2"),
        [ProviderType] = OneOf(AzureStorage, "AzureManaged", "mssql", "Netherite"),
    };

    private static readonly Dictionary<string, Rule> AzureStorageProvider = new(StringComparer.OrdinalIgnoreCase)
    {
        ["connectionName"] = Anything,
        ["connectionStringName"] = Anything,
        ["trackingStoreConnectionName"] = Anything,
        ["trackingStoreConnectionStringName"] = Anything,
        ["trackingStoreNamePrefix"] = Anything,
        ["controlQueueBatchSize"] = Integer(1, 32),
        ["controlQueueBufferThreshold"] = Integer(1, 1000),
        ["controlQueueVisibilityTimeout"] = Time(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(60)),
        ["workItemQueueVisibilityTimeout"] = Time(TimeSpan.FromSeconds(1), TimeSpan.FromDays(7)), // what a queue allows
        ["maxQueuePollingInterval"] = PositiveTime,
        ["partitionCount"] = Integer(1, 16),
        ["partitionTableOperationTimeout"] = PositiveTime,
        ["fetchLargeMessagesAutomatically"] = Flag,
        ["useTablePartitionManagement"] = Flag,
        ["useLegacyPartitionManagement"] = Flag,
        ["useInstanceTableEtag"] = Flag,
        ["allowReplayingTerminalInstances"] = Flag,
        ["queueClientMessageEncoding"] = OneOf("UTF8", "Base64"),
    };

    /// <summary>The names of all settings of the extension, those of a section with a colon; but for its storage's.</summary>
    public static IReadOnlyCollection<string> ExtensionSettings => Extension.Keys;

    /// <summary>The names of the settings in <c>storageProvider</c>, if the storage is Azure Storage.</summary>
    public static IReadOnlyCollection<string> AzureStorageSettings => AzureStorageProvider.Keys;

    /// <summary>Checks the settings.</summary>
    /// <param name="file">The file's content.</param>
    /// <param name="wrong">Makes the error of a setting (its key, its value, the rule).</param>
    /// <exception cref="HostStartException">A setting is unknown, or a value is out of its range.</exception>
    public static void Check(IConfiguration file, Func<string, string, string, HostStartException> wrong)
    {
        var section = file.GetSection(Section);
        foreach (var (key, value) in section.AsEnumerable(makePathsRelative: true).OrderBy(setting => setting.Key, StringComparer.Ordinal))
        {
            if (value is null || key.Length == 0)
            {
                continue;
            }

            if (Find(key, section[ProviderType]) is not { } rule)
            {
                throw wrong($"{Section}:{key}", value, "is no setting of Durable Functions; correct its name or remove it");
            }

            if (!rule.Holds(value))
            {
                throw wrong($"{Section}:{key}", value, rule.Text);
            }
        }
    }

    private static Rule? Find(string key, string? providerType)
    {
        if (Extension.TryGetValue(WithoutIndex(key), out var rule))
        {
            return rule;
        }

        if (!key.StartsWith(Provider, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        // The settings of other kinds of storage are known to those alone.
        return providerType is not null && !providerType.Equals(AzureStorage, StringComparison.OrdinalIgnoreCase)
            ? Anything
            : AzureStorageProvider.GetValueOrDefault(key[Provider.Length..]);
    }

    // An array's elements have their index as their key.
    private static string WithoutIndex(string key) =>
        key.LastIndexOf(':') is > 0 and var colon && key[(colon + 1)..].All(char.IsAsciiDigit) ? key[..colon] : key;

    private static Rule Integer(int least, int most) => new(
        value => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most,
        most == int.MaxValue ? $"must be a whole number from {least}" : $"must be a whole number from {least} to {most}");

    private static Rule Time(TimeSpan least, TimeSpan most) => new(
        value => TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out var time) && time >= least && time <= most,
        most == TimeSpan.MaxValue ? "must be a time above zero, such as 00:00:30" : $"must be a time from {least:c} to {most:c}");

    private static Rule OneOf(params string[] values) => new(
        value => values.Contains(value, StringComparer.OrdinalIgnoreCase), $"must be one of {string.Join(", ", values)}");

    private sealed record Rule(Func<string, bool> Holds, string Text);
}

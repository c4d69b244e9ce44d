using Microsoft.DurableTask.Abstractions;

namespace LocalRuntime.Engine;

/// <summary>Says whether an engine runs an instance, by its version.</summary>
internal static class VersionCheck
{
    /// <summary>Why an instance does not run here; null if it does.</summary>
    public static string? Refuse(DurableEngineOptions options, string? version)
    {
        var comparison = TaskOrchestrationVersioningUtils.CompareVersions(version ?? "", options.DefaultVersion);
        return options.VersionMatch switch
        {
            VersionMatchStrategy.Strict when comparison != 0 =>
                $"The orchestration version '{version}' does not match the worker version '{options.DefaultVersion}'.",
            VersionMatchStrategy.CurrentOrOlder when comparison > 0 =>
                $"The orchestration version '{version}' is greater than the worker version '{options.DefaultVersion}'.",
            _ => null,
        };
    }
}

using DurableTask.Core;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace DurableTask.Sqlite.Work;

/// <summary>Makes the contexts that activities' messages carry.</summary>
internal static class ExecutionContexts
{
    private static readonly OrchestrationExecutionContext WithoutTags = Read(new Dictionary<string, string>());

    /// <summary>Makes a context with an orchestration's tags.</summary>
    public static OrchestrationExecutionContext WithTags(IDictionary<string, string>? tags) =>
        tags is null or { Count: 0 } ? WithoutTags : Read(tags);

    // The property's setter is the framework's own, which its serializer is allowed to use.
    private static OrchestrationExecutionContext Read(IDictionary<string, string> tags) =>
        new JObject { [nameof(OrchestrationExecutionContext.OrchestrationTags)] = JObject.FromObject(tags) }
            .ToObject<OrchestrationExecutionContext>(JsonSerializer.Create())!;
}

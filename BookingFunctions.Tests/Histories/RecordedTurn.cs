using System.Text.RegularExpressions;
using DurableTask.Core;
using DurableTask.Core.History;
using LocalFunctionsHost.Client;
using Newtonsoft.Json;
using Newtonsoft.Json.Converters;
using Newtonsoft.Json.Linq;

namespace BookingFunctions.Tests.Histories;

/// <summary>One turn of an instance: what it had got when it began, and what it decided.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="ExecutionId">The execution; another one begins where an instance continues as new.</param>
/// <param name="Orchestrator">The name of its orchestrator.</param>
/// <param name="Events">The events since the execution's turn before: its decisions as history has them, then what came in.</param>
/// <param name="Actions">The decisions: names, versions, ids, inputs, times.</param>
/// <param name="CustomStatus">The custom status afterwards, as JSON.</param>
internal sealed partial record RecordedTurn(
    string InstanceId, string ExecutionId, string Orchestrator, JArray Events, JArray Actions, string? CustomStatus)
{
    private static readonly JsonSerializer Json = JsonSerializer.Create(new JsonSerializerSettings
    {
        NullValueHandling = NullValueHandling.Ignore,
        Converters = { new StringEnumConverter() },
    });

    /// <summary>Writes events down.</summary>
    public static JArray Write(IEnumerable<HistoryEvent> events) => ToJson(events);

    /// <summary>Writes decisions down, in the order in which they were made.</summary>
    public static JArray Write(OrchestratorExecutionResult result) => ToJson(result.Actions.OrderBy(action => action.Id));

    public static RecordedTurn Read(string line)
    {
        using var reader = new JsonTextReader(new StringReader(line)) { DateParseHandling = DateParseHandling.None };
        return Json.Deserialize<RecordedTurn>(reader)!;
    }

    public string ToLine() => WithoutStackTraces(JObject.FromObject(this, Json).ToString(Formatting.None));

    /// <summary>Makes events of what was written down.</summary>
    public static IReadOnlyList<HistoryEvent> ReadEvents(IEnumerable<RecordedTurn> turns) =>
        HistoryJson.Read(new JArray(turns.SelectMany(turn => turn.Events)).ToString(Formatting.None));

    /// <summary>Removes stack traces from JSON: they are most of it, name files of the machine, and change no decision.</summary>
    public static string WithoutStackTraces(string json) => StackTrace().Replace(json, "");

    private static JArray ToJson(object value)
    {
        var array = JArray.FromObject(value, Json);
        foreach (var property in array.Descendants().OfType<JProperty>().Where(IsNoise).ToList())
        {
            property.Remove();
        }

        return array;
    }

    private static bool IsNoise(JProperty property) => property.Name is "IsPlayed" or "ParentTraceContext";

    // In JSON, and in JSON within its strings.
    [GeneratedRegex(@",(\\*)""[Ss]tackTrace\\*"":(\\*""[^""]*""|null)")]
    private static partial Regex StackTrace();
}

using System.Collections;
using System.Reflection;
using System.Text;
using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Core.Tracing;
using DurableTask.Sqlite.History;
using Newtonsoft.Json;

namespace BookingFunctions.Tests.DurableTaskSqlite;

public class EventJsonTests
{
    // Those are never stored.
    private static readonly Type[] NotStored = [typeof(HistoryStateEvent), typeof(ContinueAsNewEvent)];

    public static TheoryData<string> Types { get; } =
        [.. HistoryEvent.KnownTypes().Except(NotStored).Select(type => type.Name).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Everything_that_an_event_has_is_read_as_it_was_written(string type)
    {
        var written = (HistoryEvent)Fill(HistoryEvent.KnownTypes().Single(known => known.Name == type), 0)!;
        var read = EventReader.ReadAll(WriteAll([written]), Texts(written)).Single();

        Assert.Equal(Describe(written), Describe(read));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void What_an_event_has_not_is_not_there_when_it_is_read(string type)
    {
        var written = (HistoryEvent)Construct(HistoryEvent.KnownTypes().Single(known => known.Name == type), _ => null);
        if (written is ExecutionStartedEvent start)
        {
            start.OrchestrationInstance = new OrchestrationInstance { InstanceId = "id" };
        }

        var json = EventWriter.Write(written);
        Assert.DoesNotContain("null", json, StringComparison.Ordinal);
        Assert.DoesNotContain("$type", json, StringComparison.Ordinal);
        Assert.Equal(Describe(written), Describe(EventReader.Read(json, Texts(written))));
    }

    [Fact]
    public void The_result_and_failure_of_the_end_come_from_the_instances_row()
    {
        FailureDetails failure = new("Type", "message", "stack", new FailureDetails("Inner", "inner", null, null, false), true);
        ExecutionCompletedEvent end = new(3, "out", OrchestrationStatus.Failed, failure);
        var json = WriteAll([end], end);

        Assert.DoesNotContain("message", json, StringComparison.Ordinal);
        var read = EventReader.ReadAll(json, new StoredTexts("id", null, "out", EventWriter.Write(failure))).Single();
        Assert.Equal(Describe(end), Describe(read));
    }

    [Fact]
    public void The_numbers_of_the_types_are_those_in_files() => Assert.Equal(
        [
            "0 ExecutionStarted", "1 ExecutionCompleted", "2 ExecutionFailed", "3 ExecutionTerminated", "4 TaskScheduled",
            "5 TaskCompleted",
            "6 TaskFailed", "7 SubOrchestrationInstanceCreated", "8 SubOrchestrationInstanceCompleted", "9 SubOrchestrationInstanceFailed",
            "10 TimerCreated", "11 TimerFired", "12 OrchestratorStarted", "13 OrchestratorCompleted", "14 EventSent", "15 EventRaised",
            "16 ContinueAsNew", "17 GenericEvent", "18 HistoryState", "19 ExecutionSuspended", "20 ExecutionResumed", "21 ExecutionRewound",
        ],
        Enum.GetValues<EventType>().Select(type => $"{(int)type} {type}"));

    [Theory]
    [InlineData("""{"a":[1,"\u00e9",null]}""", false)]
    [InlineData("\"text\"", false)]
    [InlineData("1.50", false)]
    [InlineData("{ \"a\":\n1 }", false)]
    [InlineData(" 1", true)]
    [InlineData("1\n", true)]
    [InlineData("", true)]
    [InlineData("plain", true)]
    [InlineData("{\"a\":1} x", true)]
    [InlineData("{\"a\":1", true)]
    public void A_payload_is_stored_as_it_is_if_it_is_json_and_else_as_a_text(string payload, bool asText)
    {
        var json = EventWriter.Write(new EventRaisedEvent(-1, payload) { Name = "n" });

        Assert.Equal(asText, json.Contains("inputText", StringComparison.Ordinal));
        Assert.Equal(payload, ((EventRaisedEvent)EventReader.Read(json, new StoredTexts("id", null, null, null))).Input);
    }

    [Theory]
    [InlineData(62)]
    [InlineData(63)]
    [InlineData(500)]
    public void A_payload_may_be_nested_at_any_depth(int depth)
    {
        var payload = new string('[', depth) + new string(']', depth);

        var read = EventReader.ReadAll(WriteAll([new EventRaisedEvent(-1, payload)]), new StoredTexts("id", null, null, null));

        Assert.Equal(payload, ((EventRaisedEvent)read.Single()).Input);
    }

    private static string WriteAll(HistoryEvent[] events, ExecutionCompletedEvent? end = null) =>
        Encoding.UTF8.GetString(EventWriter.Write(events, end));

    private static StoredTexts Texts(HistoryEvent item) => new(
        (item as ExecutionStartedEvent)?.OrchestrationInstance.InstanceId ?? "id", (item as ExecutionStartedEvent)?.Input, null, null);

    private static string Describe(HistoryEvent item)
    {
        item.IsPlayed = false;
        return JsonConvert.SerializeObject(item);
    }

    // Each property and field gets a value of its own, so that a new one of the framework's is noticed.
    private static object? Fill(Type type, int depth)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
        {
            return $"text \"{depth}\" <é> \u2028";
        }

        if (type == typeof(DateTime))
        {
            return new DateTime(2030, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddTicks(1234567);
        }

        if (type == typeof(DateTimeOffset))
        {
            return new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.FromHours(2));
        }

        if (type == typeof(IDictionary<string, string>))
        {
            return new Dictionary<string, string> { ["a"] = "1", ["B"] = "2" };
        }

        if (type == typeof(IDictionary<string, object>))
        {
            return new Dictionary<string, object?> { ["number"] = 5L, ["text"] = "x" };
        }

        if (type.IsEnum)
        {
            return Enum.ToObject(type, 1);
        }

        if (type.IsPrimitive)
        {
            return type == typeof(bool) ? true : Convert.ChangeType(7, type, null);
        }

        if (depth > 3 || type.Name == "ExtensionDataObject")
        {
            return null;
        }

        var made = Construct(type, parameter => Fill(parameter, depth + 1));
        foreach (var property in type.GetProperties().Where(property => property.SetMethod?.IsPublic == true))
        {
            property.SetValue(made, Fill(property.PropertyType, depth + 1));
        }

        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Instance))
        {
            field.SetValue(made, Fill(field.FieldType, depth + 1));
        }

        return made;
    }

    private static object Construct(Type type, Func<Type, object?> argument)
    {
        var constructor = type.GetConstructors()
            .Where(constructor => Array.TrueForAll(constructor.GetParameters(), parameter => parameter.ParameterType != typeof(Exception)))
            .MaxBy(constructor => constructor.GetParameters().Length)!;
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter =>
            argument(parameter.ParameterType)
                ?? (parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null))]);
    }
}

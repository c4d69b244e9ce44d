using DurableTask.Core;
using DurableTask.Core.History;
using LocalFunctionsHost.Client;
using Newtonsoft.Json;

namespace BookingFunctions.Tests.LocalFunctionsHost.Client;

public sealed class HistoryJsonTests
{
    private const string LikeADate = "2026-12-01T00:54:06.5470726+05:00";

    private static readonly DateTime Time = new(2026, 12, 1, 0, 54, 6, 547, DateTimeKind.Utc);

    [Fact]
    public void Events_of_every_kind_are_read_as_they_were_written()
    {
        HistoryEvent[] events =
        [
            new OrchestratorStartedEvent(-1),
            new ExecutionStartedEvent(-1, LikeADate)
            {
                Name = "Book",
                Version = "1",
                Tags = new Dictionary<string, string> { ["colour"] = "blue" },
                OrchestrationInstance = new OrchestrationInstance { InstanceId = "i", ExecutionId = "e" },
                ParentInstance = new ParentInstance
                {
                    Name = "Parent",
                    OrchestrationInstance = new OrchestrationInstance { InstanceId = "p" },
                },
                ScheduledStartTime = Time,
                Generation = 2,
            },
            new TaskScheduledEvent(0, "Car", "", LikeADate),
            new TaskCompletedEvent(-1, 0, LikeADate),
            new TaskFailedEvent(-1, 0, "reason", null, Failure()),
            new SubOrchestrationInstanceCreatedEvent(1) { Name = "Child", InstanceId = "c", Input = "1" },
            new SubOrchestrationInstanceCompletedEvent(-1, 1, "2"),
            new SubOrchestrationInstanceFailedEvent(-1, 1, "reason", null, Failure()),
            new TimerCreatedEvent(2, Time),
            new TimerFiredEvent(-1, Time) { TimerId = 2 },
            new EventSentEvent(3) { InstanceId = "other", Name = "Go", Input = LikeADate },
            new EventRaisedEvent(-1, LikeADate) { Name = "Go" },
            new ExecutionSuspendedEvent(-1, "look"),
            new ExecutionResumedEvent(-1, "on"),
            new ExecutionRewoundEvent(-1, "again"),
            new ExecutionTerminatedEvent(-1, LikeADate),
            new ContinueAsNewEvent(4, "3"),
            new ExecutionCompletedEvent(5, LikeADate, OrchestrationStatus.Failed, Failure()),
            new GenericEvent(-1, "data"),
            new HistoryStateEvent(-1, new OrchestrationState()),
            new OrchestratorCompletedEvent(-1),
        ];
        Array.ForEach(events, written => written.Timestamp = Time);
        var json = JsonConvert.SerializeObject(events);

        var read = HistoryJson.Read(json);

        Assert.Equal(events.Select(written => written.GetType()), read.Select(found => found.GetType()));
        Assert.Equal(json, JsonConvert.SerializeObject(read));
        Assert.All(read, found => Assert.Equal(Time, found.Timestamp));
        Assert.Equal(LikeADate, ((ExecutionStartedEvent)read[1]).Input);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("[]")]
    public void No_history_has_no_events(string? json) => Assert.Empty(HistoryJson.Read(json));

    private static FailureDetails Failure() => new(
        "System.TimeoutException", "late", "at Here()", new FailureDetails("Inner", "why", null, null, false), isNonRetriable: true);
}

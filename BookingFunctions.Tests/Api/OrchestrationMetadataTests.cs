using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;

namespace BookingFunctions.Tests.Api;

public class OrchestrationMetadataTests
{
    private static readonly DateTimeOffset Created = new(2026, 3, 1, 8, 30, 0, TimeSpan.Zero);

    [Fact]
    public void What_was_read_can_be_taken_as_values()
    {
        OrchestrationMetadata instance = new("BookTrip", "trip-1")
        {
            DataConverter = JsonDataConverter.Default,
            SerializedInput = """["Ford 150"]""",
            SerializedOutput = "42",
            SerializedCustomStatus = "\"Booking\"",
        };

        Assert.Equal(["Ford 150"], instance.ReadInputAs<string[]>()!);
        Assert.Equal(42, instance.ReadOutputAs<int>());
        Assert.Equal("Booking", instance.ReadCustomStatusAs<string>());
    }

    [Fact]
    public void What_there_is_none_of_is_taken_as_the_default_value()
    {
        OrchestrationMetadata instance = new("BookTrip", "trip-1") { DataConverter = JsonDataConverter.Default };

        Assert.Null(instance.ReadInputAs<string>());
        Assert.Equal(0, instance.ReadOutputAs<int>());
        Assert.Null(instance.ReadCustomStatusAs<string>());
    }

    [Fact]
    public void What_was_not_read_says_so()
    {
        OrchestrationMetadata instance = new("BookTrip", "trip-1");

        Assert.Contains("input of 'trip-1'", Assert.Throws<InvalidOperationException>(instance.ReadInputAs<string>).Message);
        Assert.Contains("output of 'trip-1'", Assert.Throws<InvalidOperationException>(instance.ReadOutputAs<string>).Message);
        Assert.Contains("custom status of 'trip-1'", Assert.Throws<InvalidOperationException>(instance.ReadCustomStatusAs<string>).Message);
    }

    [Fact]
    public void The_reason_of_a_failure_is_text_and_no_value()
    {
        OrchestrationMetadata instance = new("BookTrip", "trip-1")
        {
            DataConverter = JsonDataConverter.Default,
            RuntimeStatus = OrchestrationRuntimeStatus.Failed,
            SerializedOutput = "no hotel",
        };

        Assert.Throws<JsonException>(instance.ReadOutputAs<string>);
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Pending, false, false)]
    [InlineData(OrchestrationRuntimeStatus.Running, true, false)]
    [InlineData(OrchestrationRuntimeStatus.Suspended, false, false)]
    [InlineData(OrchestrationRuntimeStatus.Completed, false, true)]
    [InlineData(OrchestrationRuntimeStatus.Failed, false, true)]
    [InlineData(OrchestrationRuntimeStatus.Terminated, false, true)]
    public void Its_status_tells_whether_it_runs_or_has_ended(OrchestrationRuntimeStatus status, bool running, bool completed)
    {
        OrchestrationMetadata instance = new("BookTrip", "trip-1") { RuntimeStatus = status };

        Assert.Equal((running, completed), (instance.IsRunning, instance.IsCompleted));
    }

    [Fact]
    public void As_text_it_is_a_line_for_a_log() => Assert.Equal(
        "[Name: 'BookTrip', ID: 'trip-1', RuntimeStatus: Pending, CreatedAt: 2026-03-01T08:30:00, LastUpdatedAt: 2026-03-01T08:31:00]",
        Pending().ToString());

    [Fact]
    public void As_text_it_shows_the_start_of_what_was_read()
    {
        OrchestrationMetadata instance = new("BookTrip", "trip-1")
        {
            RuntimeStatus = OrchestrationRuntimeStatus.Failed,
            SerializedInput = new string('i', 50),
            SerializedOutput = new string('o', 51),
            FailureDetails = new TaskFailureDetails("Provider.DownException", "down", null, null, null),
        };

        Assert.EndsWith(
            $", Input: '{new string('i', 50)}', Output: '{new string('o', 50)}...', FailureDetails: 'Provider.DownException - down']",
            instance.ToString());
    }

    private static OrchestrationMetadata Pending() => new("BookTrip", "trip-1")
    {
        RuntimeStatus = OrchestrationRuntimeStatus.Pending,
        CreatedAt = Created,
        LastUpdatedAt = Created.AddMinutes(1),
    };
}

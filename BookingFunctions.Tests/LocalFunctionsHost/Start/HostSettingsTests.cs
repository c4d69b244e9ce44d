using LocalFunctionsHost.Settings;
using Microsoft.Extensions.Logging;
using static DurableTask.Core.Settings.VersioningSettings;

namespace BookingFunctions.Tests.LocalFunctionsHost.Start;

/// <summary>What host.json may say.</summary>
public sealed class HostSettingsTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void All_that_is_used_of_it_is_read_and_comments_are_allowed()
    {
        var settings = HostSettings.Read(folder.Write("host.json", """
            {
              "version": "2.0", // the only one there is
              "logging": { "logLevel": { "default": "Information", "DurableTask.Core": "Warning" } },
              "extensions": {
                "http": { "routePrefix": "/v1/" },
                "durableTask": { "hubName": "TripHub", "maxConcurrentActivityFunctions": 3, "maxConcurrentOrchestratorFunctions": 4 },
              },
              "functionTimeout": "00:05:00"
            }
            """));

        Assert.Equal(("v1", "TripHub"), (settings.RoutePrefix, settings.HubName));
        Assert.Equal((3, 4), (settings.MaxConcurrentActivities, settings.MaxConcurrentOrchestrators));
        Assert.Equal(LogLevel.Information, settings.LogLevels["default"]);
        Assert.Equal(LogLevel.Warning, settings.LogLevels["DurableTask.Core"]);
    }

    [Fact]
    public void Without_the_file_the_defaults_of_Azure_hold()
    {
        var settings = HostSettings.Read(folder.File("none.json"));

        Assert.Equal(("api", "TestHubName"), (settings.RoutePrefix, settings.HubName));
        Assert.Equal((null, null), (settings.MaxConcurrentActivities, settings.MaxConcurrentOrchestrators));
    }

    [Fact]
    public void An_empty_prefix_is_none() =>
        Assert.Equal("", HostSettings.Read(folder.Write("host.json", """{"extensions":{"http":{"routePrefix":""}}}""")).RoutePrefix);

    [Fact]
    public void The_apps_own_file_is_read_and_its_version_is_the_trips_default()
    {
        var settings = HostSettings.Read(Path.Combine(AppContext.BaseDirectory, "host.json"));

        Assert.Equal(
            (VersionMatchStrategy.CurrentOrOlder, VersionFailureStrategy.Reject), (settings.VersionMatch, settings.VersionFailure));
        Assert.NotEqual("", settings.DefaultVersion);
    }

    [Fact]
    public void Versions_are_matched_as_by_the_extension()
    {
        Assert.Equal(VersionMatchStrategy.None, HostSettings.Read(folder.File("none.json")).VersionMatch);
        Assert.Equal(VersionMatchStrategy.CurrentOrOlder, Read("""{"defaultVersion":"2.0"}""").VersionMatch);
        var strict = Read("""{"defaultVersion":"2.0","versionMatchStrategy":"strict","versionFailureStrategy":"fail"}""");
        Assert.Equal(
            ("2.0", VersionMatchStrategy.Strict, VersionFailureStrategy.Fail),
            (strict.DefaultVersion, strict.VersionMatch, strict.VersionFailure));
    }

    [Theory]
    [InlineData("{", "host.json can't be read")]
    [InlineData("[]", "host.json can't be read")]
    [InlineData("""{"version":"3.0"}""", "'version' is '3.0'")]
    [InlineData("""{"extensions":{"durableTask":{"hubName":"a b"}}}""", "'extensions.durableTask.hubName' is 'a b'")]
    [InlineData("""{"extensions":{"durableTask":{"maxConcurrentActivityFunctions":0}}}""", "maxConcurrentActivityFunctions' is '0'")]
    [InlineData("""{"extensions":{"durableTask":{"maxConcurrentOrchestratorFunctions":"many"}}}""", "is 'many'")]
    [InlineData("""{"telemetryMode":"Both"}""", "'telemetryMode' is 'Both'")]
    [InlineData("""{"extensions":{"durableTask":{"versionMatchStrategy":"Newest"}}}""", "must be one of None, Strict, CurrentOrOlder")]
    [InlineData("""{"extensions":{"durableTask":{"extendedSessionsEnabled":"sometimes"}}}""", "must be true or false")]
    [InlineData("""{"extensions":{"durableTask":{"storageProvider":{"partitionCount":17}}}}""", "must be a whole number from 1 to 16")]
    [InlineData(
        """{"extensions":{"durableTask":{"storageProvider":{"controlQueueBufferThreshold":0}}}}""",
        "must be a whole number from 1 to 1000")]
    [InlineData(
        """{"extensions":{"durableTask":{"storageProvider":{"maxQueuePollingInterval":"00:00:00"}}}}""", "must be a time above zero")]
    [InlineData(
        """{"extensions":{"durableTask":{"storageProvider":{"controlQueueVisibilityTimeout":"00:00:59"}}}}""",
        "must be a time from 00:01:00 to 01:00:00")]
    [InlineData("""{"extensions":{"durableTask":{"tracing":{"version":"V3"}}}}""", "'extensions.durableTask.tracing.version' is 'V3'")]
    [InlineData("""{"logging":{"logLevel":{"default":"Loud"}}}""", "'logging.logLevel.default' is 'Loud'")]
    public void What_makes_no_sense_is_named(string text, string said)
    {
        var error = Assert.Throws<HostStartException>(() => HostSettings.Read(folder.Write("host.json", text)));

        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private HostSettings Read(string durableTask) =>
        HostSettings.Read(folder.Write("host.json", "{\"extensions\":{\"durableTask\":" + durableTask + "}}"));
}

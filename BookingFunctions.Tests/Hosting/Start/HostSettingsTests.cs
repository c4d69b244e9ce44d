using LocalRuntime.Hosting;
using Microsoft.Extensions.Logging;

namespace BookingFunctions.Tests.Hosting.Start;

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

    [Theory]
    [InlineData("{", "host.json can't be read")]
    [InlineData("[]", "host.json can't be read")]
    [InlineData("""{"version":"3.0"}""", "'version' is '3.0'")]
    [InlineData("""{"extensions":{"durableTask":{"hubName":"a b"}}}""", "'extensions.durableTask.hubName' is 'a b'")]
    [InlineData("""{"extensions":{"durableTask":{"maxConcurrentActivityFunctions":0}}}""", "maxConcurrentActivityFunctions' is '0'")]
    [InlineData("""{"extensions":{"durableTask":{"maxConcurrentOrchestratorFunctions":"many"}}}""", "is 'many'")]
    [InlineData("""{"logging":{"logLevel":{"default":"Loud"}}}""", "'logging.logLevel.default' is 'Loud'")]
    public void What_makes_no_sense_is_named(string text, string said)
    {
        var error = Assert.Throws<HostStartException>(() => HostSettings.Read(folder.Write("host.json", text)));

        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}

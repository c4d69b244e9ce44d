using System.Diagnostics;
using BookingFunctions.Tests.Telemetry;

namespace BookingFunctions.Tests.LocalFunctionsHost.Telemetry;

/// <summary>An instance is one trace, with the Durable Task Framework's spans.</summary>
[Collection(ProcessTelemetry.Name)]
public sealed class TracingTests
{
    [Fact]
    public async Task All_that_an_orchestrator_does_is_one_tree()
    {
        using var trace = new RecordedTrace();
        await using var host = await TestHost.StartAsync(typeof(TracedFunctions));

        await host.RunAsync("Traced");

        await trace.ExpectAsync(
            """
            create_orchestration:Traced Producer
              orchestration:Traced Server
                activity:Add Client
                  activity:Add Server
                activity:Add Client
                  activity:Add Server
                activity:Refuse Client failed
                  activity:Refuse Server failed
                orchestration:Traced:timer Internal
                orchestration:TracedChild Client
                  orchestration:TracedChild Server
                    activity:Add Client
                      activity:Add Server
            """);
        Assert.Equal(("activity:Add", ActivityKind.Server), (TracedFunctions.InActivity!.DisplayName, TracedFunctions.InActivity.Kind));
    }
}

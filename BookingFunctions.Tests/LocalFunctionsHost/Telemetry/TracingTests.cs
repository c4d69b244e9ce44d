using System.Diagnostics;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Tests.LocalFunctionsHost.Telemetry;

/// <summary>An instance is one trace, with the Durable Task Framework's spans, and nothing in it that should not be exported.</summary>
public sealed class TracingTests
{
    [Fact]
    public async Task All_that_an_orchestrator_does_is_one_tree()
    {
        using var collector = new SpanCollector();
        await using var host = await StartAsync();
        collector.Listen();

        await RunAsync(host, "Traced");

        Assert.Equal(
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
            """,
            collector.Tree());
        Assert.Equal(("activity:Add", ActivityKind.Server), (TracedFunctions.InActivity!.DisplayName, TracedFunctions.InActivity.Kind));
    }

    [Theory]
    [InlineData("Traced")]
    [InlineData("Fails")]
    public async Task Spans_have_neither_whole_instance_ids_nor_texts_of_failures(string orchestrator)
    {
        using var collector = new SpanCollector();
        await using var host = await StartAsync();
        collector.Listen();

        await RunAsync(host, orchestrator);

        var texts = collector.Spans.SelectMany(span => span.TagObjects
            .Select(tag => tag.Value?.ToString())
            .Append(span.StatusDescription)
            .Append(span.DisplayName)).ToList();
        Assert.Contains("...cret-id", texts);
        Assert.DoesNotContain(texts, text => text?.Contains("secret", StringComparison.Ordinal) == true);
        Assert.Contains(collector.Spans, span => span.Status == ActivityStatusCode.Error);
    }

    private static Task<TestHost> StartAsync() => TestHost.StartAsync(
        [typeof(TracedFunctions)], "{}", builder => builder.InstanceNameInLogs = id => $"...{id[^7..]}");

    private static async Task RunAsync(TestHost host, string orchestrator)
    {
        var client = host.App.Services.GetRequiredService<DurableTaskClient>();
        using var patience = new CancellationTokenSource(TestHost.Patience);
        await client.ScheduleNewOrchestrationInstanceAsync(
            orchestrator, null, new StartOrchestrationOptions { InstanceId = "secret-id" }, patience.Token);
        await client.WaitForInstanceCompletionAsync("secret-id", patience.Token);
    }
}

using BookingFunctions.Tests.Telemetry;
using DurableTask.Core;
using Microsoft.DurableTask;

namespace BookingFunctions.Tests.Backends;

/// <summary>The framework's spans: one trace from the client through all that its instance does.</summary>
[Collection(ProcessTelemetry.Name)]
public abstract class TraceContract<TBackend> : Contract<TBackend>
    where TBackend : IBackend, new()
{
    [BackendFact]
    public async Task Activities_children_and_timers_are_below_the_start_of_their_instance()
    {
        Hub.Tasks
            .Orchestrator<int>("Parent", async context =>
            {
                await context.CallActivityAsync<int>("Pass", 1);
                await context.CreateTimer(TimeSpan.FromMilliseconds(10), CancellationToken.None);
                return await context.CallSubOrchestratorAsync<int>("Child", 1);
            })
            .Orchestrator<int, int>("Child", (context, n) => context.CallActivityAsync<int>("Pass", n));
        await Hub.StartAsync();
        using var spans = new RecordedTrace();

        await Hub.RunAsync("Parent");

        await spans.ExpectAsync(
            """
            create_orchestration:Parent Producer
              orchestration:Parent Server
                activity:Pass Client
                  activity:Pass Server
                orchestration:Child Client
                  orchestration:Child Server
                    activity:Pass Client
                      activity:Pass Server
                orchestration:Parent:timer Internal
            """);
    }

    [BackendFact]
    public async Task Failures_are_marked_up_to_the_instance()
    {
        Hub.Tasks
            .Orchestrator<int>("Parent", context => context.CallSubOrchestratorAsync<int>("Child"))
            .Orchestrator<int>("Child", context => context.CallActivityAsync<int>("Throws", 1))
            .Activity<int, int>("Throws", _ => throw new InvalidOperationException("no seats"));
        await Hub.StartAsync();
        using var spans = new RecordedTrace();

        await Hub.RunAsync("Parent");

        await spans.ExpectAsync(
            """
            create_orchestration:Parent Producer
              orchestration:Parent Server failed
                orchestration:Child Client failed
                  orchestration:Child Server failed
                    activity:Throws Client failed
                      activity:Throws Server failed
            """);
    }

    [BackendFact]
    public async Task Each_of_several_children_is_below_its_parent()
    {
        Hub.Tasks
            .Orchestrator<int>("Parent", async context =>
                (await Task.WhenAll(Enumerable.Range(0, 2).Select(n => context.CallSubOrchestratorAsync<int>("Child", n)))).Length)
            .Orchestrator<int, int>("Child", (_, n) => Task.FromResult(n));
        await Hub.StartAsync();
        using var spans = new RecordedTrace();

        await Hub.RunAsync("Parent");

        await spans.ExpectAsync(
            """
            create_orchestration:Parent Producer
              orchestration:Parent Server
                orchestration:Child Client
                  orchestration:Child Server
                orchestration:Child Client
                  orchestration:Child Server
            """);
    }

    [BackendFact]
    public async Task An_instance_that_was_restarted_in_between_has_one_span()
    {
        Hub.Tasks.Orchestrator<int>("Waits", async context =>
        {
            await context.CallActivityAsync<int>("Pass", 1);
            context.SetCustomStatus("waiting");
            await context.WaitForExternalEvent<string>("Go");
            return await context.CallActivityAsync<int>("Pass", 2);
        });
        var worker = await Hub.StartAsync();
        using var spans = new RecordedTrace();
        await Hub.ScheduleAsync("Waits", id: "w");
        await Hub.WaitForCustomStatusAsync("w", "waiting");
        await Hub.StopAsync(worker);
        await Hub.StartAsync();
        await Hub.Client.RaiseEventAsync(TestHub.Instance("w"), "Go", "\"went\"", emitTraceActivity: false);
        await Hub.WaitAsync("w");

        await spans.ExpectAsync(
            """
            create_orchestration:Waits Producer
              orchestration:Waits Server
                activity:Pass Client
                  activity:Pass Server
                activity:Pass Client
                  activity:Pass Server
            """);
    }

    [BackendFact]
    public async Task A_client_s_event_is_a_span_of_the_client()
    {
        Hub.Tasks.Orchestrator<string>("Waits", context => context.WaitForExternalEvent<string>("Go"));
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Waits", id: "w");
        await Hub.WaitAsync("w", OrchestrationStatus.Running);
        using var spans = new RecordedTrace();

        await Hub.RaiseAsync("w", "Go", "went");
        await Hub.WaitAsync("w");

        var span = Assert.Single(spans.Spans, span => span.DisplayName == "orchestration_event:Go");
        Assert.Equal(spans.Root.SpanId, span.ParentSpanId);
    }

    [BackendFact]
    public async Task An_event_that_an_orchestrator_sends_is_below_it()
    {
        Hub.Tasks
            .Orchestrator<string>("Waits", context => context.WaitForExternalEvent<string>("Go"))
            .Orchestrator<string, string>("Sends", (context, to) =>
            {
                context.SendEvent(to, "Go", "went");
                return Task.FromResult("sent");
            });
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Waits", id: "w");
        await Hub.WaitAsync("w", OrchestrationStatus.Running);
        using var spans = new RecordedTrace();

        await Hub.RunAsync("Sends", "w");

        await spans.ExpectAsync(
            """
            create_orchestration:Sends Producer
              orchestration:Sends Server
                orchestration_event:Go Producer
            """);
    }
}

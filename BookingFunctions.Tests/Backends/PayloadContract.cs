using DurableTask.Core;

namespace BookingFunctions.Tests.Backends;

/// <summary>What payloads may hold. Azure Storage keeps those above 45 KB in blobs and compresses them.</summary>
public abstract class PayloadContract<TBackend> : Contract<TBackend>
    where TBackend : IBackend, new()
{
    private static readonly string Odd =
        "\"quoted\" \\back\\ <tag> & {0} %41 ' \t\r\n \u0001 \u2028 é 東京 👩‍👩‍👧 \uFFFD" + new string('☃', 10);

    private static readonly string Large = string.Concat(Enumerable.Range(0, 100_000).Select(n => (char)('a' + n % 26)));

    [BackendFact]
    public async Task Odd_characters_are_the_same_everywhere()
    {
        await RunEverywhereAsync(Odd);
    }

    [BackendFact]
    public async Task Large_payloads_are_the_same_everywhere()
    {
        await RunEverywhereAsync(Large);
    }

    [BackendFact]
    public async Task Incompressible_payloads_are_the_same_everywhere()
    {
        var bytes = new byte[60_000];
        new Random(1).NextBytes(bytes);
        await RunEverywhereAsync(Convert.ToBase64String(bytes));
    }

    [BackendFact]
    public async Task Many_payloads_that_are_large_together_complete()
    {
        Hub.Tasks
            .Orchestrator<int>("Fan", async context =>
            {
                var texts = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => context.CallActivityAsync<string>("Large", 30_000)));
                return texts.Sum(text => text.Length);
            })
            .Activity<int, string>("Large", n => new string('y', n));
        await Hub.StartAsync();

        Assert.Equal(600_000, await Hub.OutputAsync<int>("Fan"));
    }

    [BackendFact]
    public async Task A_large_reason_of_a_failure_and_of_a_termination_is_kept()
    {
        Hub.Tasks
            .Orchestrator<int>("Fails", _ => throw new InvalidOperationException(Large))
            .Orchestrator<string>("Waits", context => context.WaitForExternalEvent<string>("Go"));
        await Hub.StartAsync();

        var failed = await Hub.RunAsync("Fails");
        await Hub.ScheduleAsync("Waits", id: "w");
        await Hub.WaitAsync("w", OrchestrationStatus.Running);
        await Hub.TerminateAsync("w", Large);
        var terminated = await Hub.WaitAsync("w");

        Assert.Equal(OrchestrationStatus.Failed, failed.OrchestrationStatus);
        Assert.Contains(Large, failed.Output, StringComparison.Ordinal);
        Assert.Equal(OrchestrationStatus.Terminated, terminated.OrchestrationStatus);
        Assert.Equal(Large, terminated.Output);
    }

    [BackendFact]
    public async Task Bytes_come_back_as_they_were()
    {
        var bytes = Enumerable.Range(0, 100_000).Select(n => (byte)n).ToArray();
        Hub.Tasks
            .Orchestrator<byte[], byte[]>("Bytes", (context, input) => context.CallActivityAsync<byte[]>("Reverse", input))
            .Activity<byte[], byte[]>("Reverse", input => [.. input.Reverse()]);
        await Hub.StartAsync();

        Assert.Equal(bytes.Reverse(), await Hub.OutputAsync<byte[]>("Bytes", bytes));
    }

    [BackendFact]
    public async Task A_payload_that_is_a_blob_s_address_stays_what_it_is()
    {
        Hub.Tasks.Orchestrator<string, string>("Echo", (_, input) => Task.FromResult(input));
        await Hub.StartAsync();

        Assert.Equal("http://localhost/container/blob", await Hub.OutputAsync<string>("Echo", "http://localhost/container/blob"));
    }

    [BackendFact]
    public async Task A_large_payload_of_an_instance_whose_id_has_to_be_escaped_is_the_same()
    {
        Hub.Tasks.Orchestrator<string, string>("Echo", (_, input) => Task.FromResult(input));
        await Hub.StartAsync();

        var state = await Hub.RunAsync("Echo", Large, "test|123:with blanks");

        Assert.Equal(Large, TestHub.Output<string>(state));
    }

    private async Task RunEverywhereAsync(string text)
    {
        Hub.Tasks
            .Orchestrator<string, string>("Everywhere", async (context, input) =>
            {
                var activity = await context.CallActivityAsync<string>("Echo", input);
                var child = await context.CallSubOrchestratorAsync<string>("Child", activity);
                context.SetCustomStatus("waits");
                var raised = await context.WaitForExternalEvent<string>("Text");
                return input == text && activity == text && child == text && raised == text ? text : "something is different";
            })
            .Orchestrator<string, string>("Child", (_, input) => Task.FromResult(input))
            .Activity<string, string>("Echo", input => input);
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Everywhere", text, "e");
        await Hub.WaitForCustomStatusAsync("e", "waits");
        await Hub.RaiseAsync("e", "Text", text);

        var state = await Hub.WaitAsync("e");

        Assert.Equal(OrchestrationStatus.Completed, state.OrchestrationStatus);
        Assert.Equal(text, TestHub.Output<string>(state));
        Assert.Equal(text, System.Text.Json.JsonSerializer.Deserialize<string>(state.Input));
    }
}

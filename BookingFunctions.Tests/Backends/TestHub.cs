using System.Text.Json;
using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Core.Query;
using DurableTask.Core.Settings;
using Microsoft.Extensions.Logging.Abstractions;

using Newtonsoft.Json.Linq;
using JsonSerializer = System.Text.Json.JsonSerializer;

namespace BookingFunctions.Tests.Backends;

/// <summary>A task hub as a test uses it: tasks, workers, and what a client does.</summary>
public sealed class TestHub(IBackend backend) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    private readonly List<TaskHubWorker> workers = [];
    private TaskHubClient? client;

    /// <summary>The tasks of the workers that are started from now on.</summary>
    public TestTasks Tasks { get; } = new TestTasks()
        .Orchestrator<int>("Passes", context => context.CallActivityAsync<int>("Pass", 1))
        .Activity<int, int>("Pass", n => n);

    /// <summary>The framework's client. Payloads are the SDK's JSON, so they are given and read as such.</summary>
    public TaskHubClient Client => client ??= new TaskHubClient(Service, new RawJson());

    public IOrchestrationServiceClient Service => backend.Client.Service;

    public IOrchestrationServiceQueryClient Queries => backend.Client.Queries;

    public IOrchestrationServicePurgeClient Purges => backend.Client.Purges;

    /// <summary>Starts a worker with what <see cref="Tasks"/> has.</summary>
    public async Task<TaskHubWorker> StartAsync(Action<TaskHubWorker>? configure = null, VersioningSettings? versioning = null)
    {
        var service = backend.CreateWorkerService(NullLoggerFactory.Instance);
        var worker = new TaskHubWorker(service, versioning ?? new VersioningSettings(), NullLoggerFactory.Instance)
        {
            ErrorPropagationMode = ErrorPropagationMode.UseFailureDetails,
        };
        Tasks.AddTo(worker);
        configure?.Invoke(worker);
        workers.Add(worker);
        await worker.StartAsync();
        return worker;
    }

    /// <summary>Stops a worker and drops what it had in memory.</summary>
    public async Task StopAsync(TaskHubWorker worker, bool isForced = false)
    {
        workers.Remove(worker);
        var service = worker.orchestrationService;
        await worker.StopAsync(isForced);
        await backend.ForgetAsync(service);
        client = null;
    }

    /// <summary>Starts an instance, with the JSON of its input.</summary>
    public async Task<OrchestrationInstance> ScheduleAsync(
        string name,
        object? input = null,
        string? id = null,
        string version = "",
        IDictionary<string, string>? tags = null,
        OrchestrationStatus[]? dedupe = null) =>
        await Client.CreateOrchestrationInstanceAsync(name, version, id ?? Guid.NewGuid().ToString("N"), Json(input), tags, dedupe);

    /// <summary>Starts an instance and waits until it has ended.</summary>
    public async Task<OrchestrationState> RunAsync(
        string name, object? input = null, string? id = null, string version = "", IDictionary<string, string>? tags = null) =>
        await WaitAsync((await ScheduleAsync(name, input, id, version, tags)).InstanceId);

    /// <summary>Runs an instance that must complete.</summary>
    /// <returns>Its output.</returns>
    public async Task<T> OutputAsync<T>(string name, object? input = null)
    {
        var state = await RunAsync(name, input);
        Assert.True(state.OrchestrationStatus == OrchestrationStatus.Completed, Describe(state));
        return Output<T>(state);
    }

    /// <summary>
    /// Runs another instance to its end: what was sent before has been delivered by then, or is very late. Used only where
    /// nothing is expected to happen.
    /// </summary>
    public Task PassAsync() => OutputAsync<int>("Passes");

    /// <summary>Waits until an instance has ended.</summary>
    public Task<OrchestrationState> WaitAsync(string id) => WaitAsync(id, state =>
        state.OrchestrationStatus is OrchestrationStatus.Completed or OrchestrationStatus.Failed
            or OrchestrationStatus.Terminated or OrchestrationStatus.Canceled);

    /// <summary>Waits until an instance has a status.</summary>
    public Task<OrchestrationState> WaitAsync(string id, OrchestrationStatus status) =>
        WaitAsync(id, state => state.OrchestrationStatus == status);

    /// <summary>Waits until an instance has set a custom status.</summary>
    public Task<OrchestrationState> WaitForCustomStatusAsync(string id, object? status) =>
        WaitAsync(id, state => state.Status == Json(status));

    /// <summary>Waits until an instance is as it should be.</summary>
    public async Task<OrchestrationState> WaitAsync(string id, Func<OrchestrationState, bool> isReached)
    {
        OrchestrationState? state = null;
        var isInTime = await TryUntilAsync(
            async () => (state = await StateAsync(id)) is not null && isReached(state), backend.PollInterval);
        Assert.True(isInTime, $"'{id}' got no further than: {Describe(state)}");
        return state!;
    }

    /// <summary>Waits until a condition holds.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition) =>
        Assert.True(await TryUntilAsync(condition, PollInterval), "The condition never held.");

    /// <summary>What is known of an instance; null if nothing is.</summary>
    public async Task<OrchestrationState?> StateAsync(string id) => await Client.GetOrchestrationStateAsync(id);

    /// <summary>Raises an event, with the JSON of its payload.</summary>
    public Task RaiseAsync(string id, string name, object? payload = null) => Client.RaiseEventAsync(Instance(id), name, Json(payload)!);

    public Task TerminateAsync(string id, string reason = "stop") => Client.TerminateInstanceAsync(Instance(id), reason);

    public Task SuspendAsync(string id, string reason = "pause") => Client.SuspendInstanceAsync(Instance(id), reason);

    public Task ResumeAsync(string id, string reason = "go on") => Client.ResumeInstanceAsync(Instance(id), reason);

    public Task RewindAsync(string id, string reason = "mended") => backend.Client.RewindAsync(id, reason);

    /// <summary>The history of the newest execution, as its events' own types.</summary>
    public async Task<IReadOnlyList<HistoryEvent>> HistoryAsync(string id)
    {
        var execution = (await StateAsync(id))!.OrchestrationInstance.ExecutionId;
        return [.. JArray.Parse(await Service.GetOrchestrationHistoryAsync(id, execution)).Select(HistoryJson.Read)];
    }

    /// <summary>Why an instance failed. Azure Storage keeps that in the history only.</summary>
    public async Task<FailureDetails> FailureAsync(string id) =>
        (await HistoryAsync(id)).OfType<ExecutionCompletedEvent>().Last().FailureDetails!;

    /// <summary>All instances that a query finds, over all of its pages.</summary>
    public async Task<IReadOnlyList<OrchestrationState>> QueryAsync(OrchestrationQuery query)
    {
        var found = new List<OrchestrationState>();
        do
        {
            var page = await Queries.GetOrchestrationWithQueryAsync(query, CancellationToken.None);
            found.AddRange(page.OrchestrationState);
            query.ContinuationToken = page.ContinuationToken;
        }
        while (query.ContinuationToken is not null);
        return found;
    }

    /// <summary>The output of an instance.</summary>
    public static T Output<T>(OrchestrationState state) => JsonSerializer.Deserialize<T>(state.Output, JsonSerializerOptions.Web)!;

    public static OrchestrationInstance Instance(string id) => new() { InstanceId = id };

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in workers)
        {
            await worker.StopAsync(isForced: true);
        }
    }

    private static async Task<bool> TryUntilAsync(Func<Task<bool>> condition, TimeSpan interval)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            if (patience.IsCancellationRequested)
            {
                return false;
            }

            await Task.Delay(interval);
        }

        return true;
    }

    private static string? Json(object? value) => value is null ? null : JsonSerializer.Serialize(value, JsonSerializerOptions.Web);

    private static string Describe(OrchestrationState? state) => state is null
        ? "unknown"
        : $"{state.OrchestrationStatus}, custom status {state.Status}, output {state.Output}, "
            + (state.FailureDetails?.ToString() ?? "no failure");
}

using DurableTask.Core;
using DurableTask.Core.History;
using LocalRuntime.Engine.Client;
using LocalRuntime.Engine.Dispatch;
using LocalRuntime.Engine.Replay;
using LocalRuntime.Engine.Tracing;
using LocalRuntime.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalRuntime.Engine;

/// <summary>
/// Runs orchestrators and activities durably on a store. What is scheduled, raised or decided is in the store before
/// anyone is told; after a crash, a new engine on the same store goes on where the last commit was.
/// </summary>
/// <remarks>One engine uses a store at a time.</remarks>
public sealed class DurableEngine : IAsyncDisposable
{
    private readonly IOrchestrationStore store;
    private readonly StoreWriter writer;
    private readonly InstanceDispatcher instances;
    private readonly ActivityDispatcher activities;
    private readonly TimerQueue timers;
    private readonly InstanceWaiters waiters;
    private readonly Rewinder rewinder;
    private readonly EngineClient client;
    private bool isStarted;
    private volatile bool isRunning;
    private bool isStopped;

    /// <summary>Makes an engine; it does nothing until it is started.</summary>
    /// <param name="store">Where everything is kept. The engine does not dispose it.</param>
    /// <param name="registry">The orchestrators and activities.</param>
    /// <param name="services">The services for them; each run of an activity has a scope of its own.</param>
    /// <param name="options">The limits; null for the defaults.</param>
    /// <param name="clock">The time; null for the system's.</param>
    /// <param name="loggers">The logs; null for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is below 1.</exception>
    public DurableEngine(
        IOrchestrationStore store,
        DurableTaskRegistry registry,
        IServiceProvider services,
        DurableEngineOptions? options = null,
        TimeProvider? clock = null,
        ILoggerFactory? loggers = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(registry);
        ArgumentNullException.ThrowIfNull(services);
        options ??= new DurableEngineOptions();
        options.Validate();
        clock ??= TimeProvider.System;
        loggers ??= NullLoggerFactory.Instance;
        var logger = loggers.CreateLogger<DurableEngine>();
        var converter = new PayloadConverter(options.MaxPayloadLength);
        var failures = new Failures(services);

        this.store = store;
        writer = new StoreWriter(store);
        waiters = new InstanceWaiters(store, instanceId => instances!.Find(instanceId));
        timers = new TimerQueue(clock);
        var loader = new InstanceLoader(store, registry, services, converter, failures, clock, loggers, LookWhenVisible, options);
        var runner = new TurnRunner(clock);
        instances = new InstanceDispatcher(
            options,
            loader,
            runner,
            writer,
            clock,
            logger,
            OnCommitted,
            OnUnwanted);
        activities = new ActivityDispatcher(options, registry, services, converter, failures, clock, logger, instances.Deliver);
        rewinder = new Rewinder(store, loader, runner, writer, OnCommitted);
        var requests = new EngineRequests(store, writer, waiters, rewinder, clock, options, TryStart, Deliver);
        client = new EngineClient(requests, converter, options.GivesFailureDetails);
    }

    /// <summary>Starts, raises events to, and reads instances.</summary>
    public DurableTaskClient Client => client;

    /// <summary>Makes the management URLs of an instance; null if there is no host around the engine that has any.</summary>
    public Func<string, HttpManagementPayload>? ManagementPayload
    {
        get => client.ManagementPayload;
        set => client.ManagementPayload = value;
    }

    /// <summary>Goes on with whatever the store has, and takes new work.</summary>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="InvalidOperationException">The engine was started before.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        if (isStarted)
        {
            throw new InvalidOperationException("The engine was started before. Make a new one to start again.");
        }

        isStarted = true;
        var work = await store.ReadOpenWorkAsync(cancellation);
        writer.StartAfter(work);
        foreach (var timer in work.Timers)
        {
            AddTimer(timer);
        }

        foreach (var message in work.DelayedMessages)
        {
            LookAt(message.VisibleAt, message.InstanceId);
        }

        foreach (var instanceId in work.InstancesWithMessages)
        {
            instances.Deliver(instanceId, Delivery.Look);
        }

        foreach (var activity in work.Activities)
        {
            activities.Enqueue(activity);
        }

        isRunning = true;
    }

    /// <summary>
    /// Takes no more work, waits for the activities that run and commits what they led to. What is left undone goes on
    /// when an engine starts on the store again. Those who wait for instances get an <see cref="OperationCanceledException"/>.
    /// </summary>
    /// <param name="cancellation">Once cancelled, running activities are cancelled and not waited for.</param>
    public async Task StopAsync(CancellationToken cancellation)
    {
        if (isStopped)
        {
            return;
        }

        isStopped = true;
        isRunning = false;
        timers.Dispose();
        waiters.Stop();
        await activities.StopAsync(cancellation);
        await instances.StopAsync();
    }

    /// <summary>Stops at once, if it wasn't stopped.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(new CancellationToken(canceled: true));
        activities.Dispose();
        waiters.Dispose();
        rewinder.Dispose();
    }

    private Task<OrchestrationStatus?>? TryStart(
        InstanceRow row, ExecutionStartedEvent started, IReadOnlyCollection<OrchestrationStatus> replaceable) =>
        isRunning && started.ScheduledStartTime is null ? instances.TryStart(row, started, replaceable) : null;

    private void Deliver(string instanceId, Delivery delivery)
    {
        if (delivery.Event is ExecutionStartedEvent { ScheduledStartTime: { } startAt })
        {
            LookAt(startAt, instanceId);
        }
        else
        {
            instances.Deliver(instanceId, delivery);
        }
    }

    private void LookWhenVisible(InstanceMessage message) => LookAt(message.VisibleAt!.Value, message.InstanceId);

    private void LookAt(DateTime dueAt, string instanceId) => timers.Add(dueAt, () => instances.Deliver(instanceId, Delivery.Look));

    private void OnCommitted(CommittedTurn committed)
    {
        var row = committed.Turn.Row;
        foreach (var activity in committed.Commit.Activities)
        {
            activities.Enqueue(activity);
        }

        foreach (var timer in committed.Turn.CancelledTimers)
        {
            timers.Cancel(row.Key, timer);
        }

        if (committed.Turn.Outcome is not null)
        {
            timers.CancelAll(row.Key);
        }

        foreach (var timer in committed.Commit.Timers)
        {
            AddTimer(timer);
        }

        foreach (var (instanceId, delivery) in committed.Deliveries)
        {
            instances.Deliver(instanceId, delivery);
        }

        EngineSpans.Tell(committed.Turn);
        waiters.Notify(row);
    }

    // The execution says whom a timer is for that fires just while its instance continues as new.
    private void AddTimer(ScheduledTimer timer) => timers.Add(
        timer.InstanceKey,
        timer.TimerId,
        timer.FireAt,
        () => instances.Deliver(timer.InstanceId, new Delivery(new TimerFiredEvent(-1, timer.FireAt) { TimerId = timer.TimerId, Timestamp = timer.FireAt })
        {
            InstanceKey = timer.InstanceKey,
            ExecutionId = timer.ExecutionId,
        }));

    // An activity that nobody waited for has run: it need not run again, if what it has written is there.
    private async void OnUnwanted(Delivery outcome)
    {
        try
        {
            await Task.WhenAll(outcome.Assumes);
            await store.RemoveActivityAsync(outcome.InstanceKey!.Value, outcome.ActivityId!.Value);
        }
        catch (Exception)
        {
            // It is still in the store as scheduled, and runs again after the next start.
        }
    }
}

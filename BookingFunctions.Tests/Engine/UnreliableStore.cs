using DurableTask.Core;
using LocalRuntime.Storage;

namespace BookingFunctions.Tests.Engine;

/// <summary>A store in memory whose commits fail as often as it is told.</summary>
internal sealed class UnreliableStore : IOrchestrationStore
{
    private readonly InMemoryOrchestrationStore store = new();
    private int failingCommits;

    /// <summary>How many of the next commits fail.</summary>
    public int FailingCommits
    {
        get => Volatile.Read(ref failingCommits);
        set => Volatile.Write(ref failingCommits, value);
    }

    /// <summary>Called before an instance is loaded.</summary>
    public Action? Loading { get; set; }

    /// <summary>Called after an instance was read, before its reader is told.</summary>
    public Func<string, Task>? Read { get; set; }

    /// <summary>What the creator of an instance waits for, once it is created, before it is told.</summary>
    public Task? Created { get; set; }

    /// <summary>Says after which commit nothing works any more, as if the process had ended there.</summary>
    public Predicate<TurnCommit>? Dies { get; set; }

    /// <summary>Whether nothing works.</summary>
    public bool IsDead { get; set; }

    /// <summary>Says which commits fail; null for none but the next few.</summary>
    public Predicate<TurnCommit>? Refuses { get; set; }

    public Task<TurnResult> CommitAsync(TurnCommit turn) => WriteAsync(turn, () => store.CommitAsync(turn));

    public Task<OpenWork> ReadOpenWorkAsync(CancellationToken cancellation) => store.ReadOpenWorkAsync(cancellation);

    public async Task<OrchestrationStatus?> CreateAsync(NewInstance instance, IReadOnlyCollection<OrchestrationStatus> replaceable)
    {
        var taken = await store.CreateAsync(instance, replaceable);
        await (Created ?? Task.CompletedTask);
        return taken;
    }

    public async Task<StartResult> StartAsync(TurnCommit firstTurn, IReadOnlyCollection<OrchestrationStatus> replaceable)
    {
        var done = await WriteAsync(firstTurn, () => store.StartAsync(firstTurn, replaceable));
        await (Created ?? Task.CompletedTask);
        return done;
    }

    public Task<OrchestrationStatus?> PostAsync(InstanceMessage message) => IsDead ? Dead<OrchestrationStatus?>() : store.PostAsync(message);

    public Task RemoveActivityAsync(long instanceKey, long activityId) => store.RemoveActivityAsync(instanceKey, activityId);

    public Task<int> PurgeAsync(IReadOnlyCollection<string> instanceIds) => store.PurgeAsync(instanceIds);

    public async Task<InstanceRow?> ReadAsync(string instanceId, CancellationToken cancellation)
    {
        var row = await (IsDead ? Dead<InstanceRow?>() : store.ReadAsync(instanceId, cancellation));
        if (Read is { } read)
        {
            await read(instanceId);
        }

        return row;
    }

    public Task<StoredInstance?> LoadAsync(string instanceId, CancellationToken cancellation)
    {
        Loading?.Invoke();
        return IsDead ? Dead<StoredInstance?>() : store.LoadAsync(instanceId, cancellation);
    }

    public Task<InstancePage> QueryAsync(InstanceQuery query, CancellationToken cancellation) => store.QueryAsync(query, cancellation);

    private Task<T> WriteAsync<T>(TurnCommit turn, Func<Task<T>> write)
    {
        if (Refuses?.Invoke(turn) == true)
        {
            return Task.FromException<T>(new IOException("The disk is full."));
        }

        if (FailingCommits > 0)
        {
            Interlocked.Decrement(ref failingCommits);
            return Task.FromException<T>(new IOException("The disk is full."));
        }

        var done = IsDead ? Dead<T>() : write();
        IsDead |= Dies?.Invoke(turn) == true;
        return done;
    }

    private static Task<T> Dead<T>() => Task.FromException<T>(new IOException("The disk is gone."));
}

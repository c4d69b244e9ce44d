namespace LocalRuntime.Storage;

/// <summary>
/// Where orchestrations are kept. One engine uses a store at a time. Every write is atomic, writes take effect in the
/// order in which their methods were called (a write is queued before its method returns the task), and the task of a
/// write completes only once the write is durable: what a caller was told of is never lost. Reads see every write whose
/// task has completed.
/// </summary>
/// <remarks>A write whose task fails has left nothing behind, unless the process ends before the failure is seen.</remarks>
public interface IOrchestrationStore
{
    /// <summary>Reads what an engine needs to go on: the last ids given out, and the work that was left open.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    Task<OpenWork> ReadOpenWorkAsync(CancellationToken cancellation);

    /// <summary>
    /// Adds an instance, with the message that starts it, if its id is free: unknown, or that of an instance whose
    /// status is in <paramref name="replaceable"/>, which is then purged in the same step.
    /// </summary>
    /// <param name="instance">The new instance.</param>
    /// <param name="replaceable">The statuses, all of them terminal, in which an older instance gives way.</param>
    /// <returns>Null if the instance was added, otherwise the status of the instance that has the id.</returns>
    Task<DurableTask.Core.OrchestrationStatus?> CreateAsync(
        NewInstance instance, IReadOnlyCollection<DurableTask.Core.OrchestrationStatus> replaceable);

    /// <summary>
    /// Adds an instance as it is after its first turn, with all that the turn changes, if its id is free as in
    /// <see cref="CreateAsync"/>: all of it, or nothing.
    /// </summary>
    /// <param name="firstTurn">The turn. Its row is written whole; nothing of before can have been consumed by it.</param>
    /// <param name="replaceable">The statuses, all of them terminal, in which an older instance gives way.</param>
    /// <returns>Whether the instance was added, and what became of the child instances that the turn started.</returns>
    Task<StartResult> StartAsync(TurnCommit firstTurn, IReadOnlyCollection<DurableTask.Core.OrchestrationStatus> replaceable);

    /// <summary>Puts a message into its instance's inbox. Messages to unknown or finished instances are dropped.</summary>
    /// <param name="message">The message.</param>
    /// <returns>The status that the instance has, or null if there is none; the message is kept if that is not terminal.</returns>
    Task<DurableTask.Core.OrchestrationStatus?> PostAsync(InstanceMessage message);

    /// <summary>Commits one turn of an orchestrator: all of it, or nothing.</summary>
    /// <param name="turn">The turn.</param>
    /// <returns>What became of the child instances that the turn started.</returns>
    Task<TurnResult> CommitAsync(TurnCommit turn);

    /// <summary>
    /// Called after <see cref="CreateAsync"/>, <see cref="StartAsync"/> and <see cref="CommitAsync"/> by a caller that holds no lock: a
    /// store may make what is queued on its thread, so that nobody has to wake up for it.
    /// </summary>
    void WriteQueued()
    {
    }

    /// <summary>
    /// Removes a scheduled activity that has finished after the execution that scheduled it ended: no turn will consume it.
    /// (An execution that ends leaves its activities scheduled: they run though nobody waits for them.) Changes nothing if
    /// there is none.
    /// </summary>
    /// <param name="instanceKey">The instance's key.</param>
    /// <param name="activityId">The activity's id.</param>
    Task RemoveActivityAsync(long instanceKey, long activityId);

    /// <summary>Removes instances, with everything that belongs to them. Those not in a terminal status are left alone.</summary>
    /// <param name="instanceIds">Their ids; unknown ones are ignored.</param>
    /// <returns>How many were removed.</returns>
    Task<int> PurgeAsync(IReadOnlyCollection<string> instanceIds);

    /// <summary>Reads one instance's row.</summary>
    /// <param name="instanceId">Its id.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The row, or null if there is no such instance.</returns>
    Task<InstanceRow?> ReadAsync(string instanceId, CancellationToken cancellation);

    /// <summary>Reads, as of one moment, an instance's row, its whole history and its inbox (also messages that are not visible yet).</summary>
    /// <param name="instanceId">Its id.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The instance, or null if there is none.</returns>
    Task<StoredInstance?> LoadAsync(string instanceId, CancellationToken cancellation);

    /// <summary>Reads instances in the order of their ids (ordinal).</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>At most <see cref="InstanceQuery.PageSize"/> rows, and the id at which the next page starts, or null.</returns>
    Task<InstancePage> QueryAsync(InstanceQuery query, CancellationToken cancellation);
}

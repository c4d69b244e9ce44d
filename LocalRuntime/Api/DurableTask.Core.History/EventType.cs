namespace DurableTask.Core.History;

/// <summary>What a history event tells.</summary>
public enum EventType
{
    /// <summary>An execution began.</summary>
    ExecutionStarted = 0,

    /// <summary>It ended.</summary>
    ExecutionCompleted = 1,

    /// <summary>It failed (not written any more).</summary>
    ExecutionFailed = 2,

    /// <summary>It was terminated from outside.</summary>
    ExecutionTerminated = 3,

    /// <summary>An activity was scheduled.</summary>
    TaskScheduled = 4,

    /// <summary>An activity completed.</summary>
    TaskCompleted = 5,

    /// <summary>An activity failed.</summary>
    TaskFailed = 6,

    /// <summary>A sub-orchestration was started.</summary>
    SubOrchestrationInstanceCreated = 7,

    /// <summary>A sub-orchestration completed.</summary>
    SubOrchestrationInstanceCompleted = 8,

    /// <summary>A sub-orchestration failed.</summary>
    SubOrchestrationInstanceFailed = 9,

    /// <summary>A timer was created.</summary>
    TimerCreated = 10,

    /// <summary>A timer fired.</summary>
    TimerFired = 11,

    /// <summary>A turn began.</summary>
    OrchestratorStarted = 12,

    /// <summary>A turn ended.</summary>
    OrchestratorCompleted = 13,

    /// <summary>An event was sent to an instance.</summary>
    EventSent = 14,

    /// <summary>An external event arrived.</summary>
    EventRaised = 15,

    /// <summary>It continues as new.</summary>
    ContinueAsNew = 16,

    /// <summary>Something of no special meaning.</summary>
    GenericEvent = 17,

    /// <summary>A summary of the history.</summary>
    HistoryState = 18,

    /// <summary>It was suspended from outside.</summary>
    ExecutionSuspended = 19,

    /// <summary>It was resumed.</summary>
    ExecutionResumed = 20,

    /// <summary>It was rewound.</summary>
    ExecutionRewound = 21,
}

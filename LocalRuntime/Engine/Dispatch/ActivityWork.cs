using LocalRuntime.Storage;

namespace LocalRuntime.Engine.Dispatch;

/// <summary>An activity to be run, for an execution of its orchestrator.</summary>
internal sealed record ActivityWork(ScheduledActivity Activity, string ExecutionId);

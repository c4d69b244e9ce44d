using Microsoft.DurableTask;

namespace LocalRuntime.Engine;

/// <summary>The context that an activity sees.</summary>
/// <param name="name">The activity's name.</param>
/// <param name="instanceId">The orchestrator's id.</param>
/// <param name="version">The version asked for; empty if none was.</param>
/// <param name="services">The services of this run.</param>
/// <param name="cancellation">Cancelled when the engine stops and waits no longer.</param>
internal sealed class EngineActivityContext(
    string name, string instanceId, string version, IServiceProvider services, CancellationToken cancellation) : TaskActivityContext
{
    public override TaskName Name => name;

    public override string InstanceId => instanceId;

    public override string Version => version;

    /// <summary>The services of this run.</summary>
    public IServiceProvider Services => services;

    /// <summary>Cancelled when the engine stops and waits no longer; the activity then runs again after the next start.</summary>
    public CancellationToken CancellationToken => cancellation;
}

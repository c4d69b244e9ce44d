using System.Diagnostics;
using System.Runtime.CompilerServices;
using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Core.Tracing;

namespace LocalFunctionsHost.Client;

/// <summary>
/// The spans that DTFx's own client makes, and the trace context that they leave in the message. DTFx offers them to its
/// <see cref="TaskHubClient"/> only, which does not hand out the message that it makes.
/// </summary>
internal static class ClientSpans
{
    public static Activity? StartCreation(ExecutionStartedEvent started) => StartActivityForNewOrchestration(null, started);

    public static Activity? StartEvent(EventRaisedEvent raised, OrchestrationInstance instance) =>
        StartActivityForNewEventRaisedFromClient(null, raised, instance);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod)]
    private static extern Activity? StartActivityForNewOrchestration(TraceHelper? type, ExecutionStartedEvent startEvent);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod)]
    private static extern Activity? StartActivityForNewEventRaisedFromClient(
        TraceHelper? type, EventRaisedEvent eventRaised, OrchestrationInstance instance);
}

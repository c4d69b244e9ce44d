using DurableTask.Core;
using DurableTask.Core.Query;

namespace BookingFunctions.Tests.Backends;

/// <summary>What a service offers to clients. Rewind is no member of an interface of the framework.</summary>
public sealed record BackendClient(
    IOrchestrationServiceClient Service,
    IOrchestrationServiceQueryClient Queries,
    IOrchestrationServicePurgeClient Purges,
    Func<string, string, Task> RewindAsync);

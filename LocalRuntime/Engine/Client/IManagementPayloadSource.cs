using Microsoft.Azure.Functions.Worker;

namespace LocalRuntime.Engine.Client;

/// <summary>A client that knows under which addresses its host manages instances.</summary>
internal interface IManagementPayloadSource
{
    /// <summary>Makes the addresses of an instance, which need not exist.</summary>
    /// <param name="instanceId">The instance's id, not empty.</param>
    /// <exception cref="InvalidOperationException">The host has no HTTP address.</exception>
    HttpManagementPayload CreateHttpManagementPayload(string instanceId);
}

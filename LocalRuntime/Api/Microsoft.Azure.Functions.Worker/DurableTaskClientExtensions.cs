using LocalRuntime.Engine.Client;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Gives those who start instances the addresses to manage them.</summary>
public static class DurableTaskClientExtensions
{
    /// <summary>Makes the addresses under which an instance is managed over HTTP. The instance need not exist.</summary>
    /// <param name="client">The client that a function was given.</param>
    /// <param name="instanceId">The instance's id.</param>
    /// <param name="request">Null on the embedded host, which gives functions an <c>HttpRequest</c> of ASP.NET Core.</param>
    /// <returns>The addresses.</returns>
    /// <exception cref="ArgumentException"><paramref name="instanceId"/> is null or empty.</exception>
    /// <exception cref="InvalidOperationException">The client is another one, or its host has no HTTP address.</exception>
    public static HttpManagementPayload CreateHttpManagementPayload(
        this DurableTaskClient client,
        string instanceId,
        HttpRequestData? request = null)
    {
        ArgumentNullException.ThrowIfNull(client);

        // Azure throws the same exception for null as for the empty text.
        if (string.IsNullOrEmpty(instanceId))
        {
            throw new ArgumentException("The id of the instance is null or empty.", nameof(instanceId));
        }

        return client is IManagementPayloadSource source
            ? source.CreateHttpManagementPayload(instanceId)
            : throw new InvalidOperationException(
                $"A {client.GetType().Name} doesn't know the host's address: use the client that a [DurableClient] parameter gives.");
    }
}

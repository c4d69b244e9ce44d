using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Gives a function the client that starts orchestrations and talks to them.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class DurableClientAttribute : InputBindingAttribute
{
    /// <summary>The task hub; null for the app's own. The embedded host has no other.</summary>
    public string? TaskHub { get; set; }

    /// <summary>The setting with the connection to the Azure host's store; null for the app's. The embedded host has its own store.</summary>
    public string? ConnectionName { get; set; }
}

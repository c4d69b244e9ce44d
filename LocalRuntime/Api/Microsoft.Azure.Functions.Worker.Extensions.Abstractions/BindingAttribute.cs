namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>What connects a function with the world outside it.</summary>
[AttributeUsage(AttributeTargets.All)]
public abstract class BindingAttribute : Attribute
{
    // Internal: an app's own bindings would mean nothing to this host.
    internal BindingAttribute()
    {
    }
}

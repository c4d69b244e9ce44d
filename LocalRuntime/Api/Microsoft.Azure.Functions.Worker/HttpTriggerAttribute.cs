using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs a function for each HTTP request to its route.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class HttpTriggerAttribute : TriggerBindingAttribute
{
    /// <summary>All methods, with a key of the function.</summary>
    public HttpTriggerAttribute()
        : this(AuthorizationLevel.Function)
    {
    }

    /// <summary>Some methods, with a key of the function.</summary>
    /// <param name="methods">The HTTP methods, in any letter case; none for all.</param>
    public HttpTriggerAttribute(params string[] methods)
        : this(AuthorizationLevel.Function, methods)
    {
    }

    /// <summary>All methods.</summary>
    /// <param name="authLevel">The key that the host asks for.</param>
    public HttpTriggerAttribute(AuthorizationLevel authLevel)
    {
        AuthLevel = authLevel;
    }

    /// <summary>Some methods.</summary>
    /// <param name="authLevel">The key that the host asks for.</param>
    /// <param name="methods">The HTTP methods, in any letter case; none for all.</param>
    public HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods)
    {
        AuthLevel = authLevel;
        Methods = methods;
    }

    /// <summary>The route's template, below the prefix of all routes; null for the function's name.</summary>
    public string? Route { get; set; }

    /// <summary>The HTTP methods; null or empty for all.</summary>
    public string[]? Methods { get; }

    /// <summary>The key that the host asks for.</summary>
    public AuthorizationLevel AuthLevel { get; }
}

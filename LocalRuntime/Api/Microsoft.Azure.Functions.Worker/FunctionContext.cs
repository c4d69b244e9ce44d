namespace Microsoft.Azure.Functions.Worker;

/// <summary>One call of a function.</summary>
public abstract class FunctionContext
{
    /// <summary>The id of this call, new for each.</summary>
    public abstract string InvocationId { get; }

    /// <summary>The id of the function, the same for all its calls.</summary>
    public abstract string FunctionId { get; }

    /// <summary>The services of this call: those with a scope live as long as it.</summary>
    public abstract IServiceProvider InstanceServices { get; set; }

    /// <summary>What those who take part in this call hand to each other.</summary>
    public abstract IDictionary<object, object> Items { get; set; }

    /// <summary>Fires when the call is to end: the caller is gone, or the host stops.</summary>
    public abstract CancellationToken CancellationToken { get; }
}

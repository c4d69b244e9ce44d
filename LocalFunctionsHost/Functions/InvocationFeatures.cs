using System.Collections;
using Microsoft.Azure.Functions.Worker;

namespace LocalFunctionsHost.Functions;

/// <summary>What a call has beside its context, by type.</summary>
internal sealed class InvocationFeatures : IInvocationFeatures
{
    private readonly Dictionary<Type, object> features = [];

    /// <inheritdoc/>
    public void Set<T>(T instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        features[typeof(T)] = instance;
    }

    /// <inheritdoc/>
    public T? Get<T>() => features.TryGetValue(typeof(T), out var feature) ? (T)feature : default;

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => features.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

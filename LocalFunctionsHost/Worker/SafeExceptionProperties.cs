using System.Text.Json;

namespace LocalFunctionsHost.Worker;

/// <summary>Asks the app what to keep of an exception. If that fails, the exception itself is kept nevertheless.</summary>
/// <param name="inner">The app's provider.</param>
internal sealed class SafeExceptionProperties(Microsoft.DurableTask.Worker.IExceptionPropertiesProvider inner)
    : DurableTask.Core.IExceptionPropertiesProvider
{
    /// <inheritdoc/>
    public IDictionary<string, object?>? GetExceptionProperties(Exception exception)
    {
        try
        {
            return inner.GetExceptionProperties(exception)?.ToDictionary(property => property.Key, property => Storable(property.Value));
        }
        catch (Exception e)
        {
            return new Dictionary<string, object?> { [inner.GetType().Name] = $"failed: {e.GetType()}" };
        }
    }

    private static object? Storable(object? value)
    {
        try
        {
            _ = JsonSerializer.SerializeToUtf8Bytes(value);
            return value;
        }
        catch (Exception e) when (e is NotSupportedException or InvalidOperationException or JsonException or ArgumentException)
        {
            return value?.ToString();
        }
    }
}

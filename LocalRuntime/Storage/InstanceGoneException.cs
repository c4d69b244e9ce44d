namespace LocalRuntime.Storage;

/// <summary>A turn can't be committed because its instance was purged or replaced since it was loaded.</summary>
public sealed class InstanceGoneException : Exception
{
    /// <summary>A turn's instance is gone.</summary>
    public InstanceGoneException()
    {
    }

    /// <summary>A turn's instance is gone.</summary>
    /// <param name="message">Which instance.</param>
    public InstanceGoneException(string message)
        : base(message)
    {
    }

    /// <summary>A turn's instance is gone.</summary>
    /// <param name="message">Which instance.</param>
    /// <param name="innerException">What was thrown before, or null.</param>
    public InstanceGoneException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal static InstanceGoneException For(InstanceRow row) =>
        new($"Instance '{row.InstanceId}' (key {row.Key}) was purged or replaced; its turn is dropped.");
}

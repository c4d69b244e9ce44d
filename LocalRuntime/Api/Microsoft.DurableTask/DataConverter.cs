using System.Diagnostics.CodeAnalysis;

namespace Microsoft.DurableTask;

/// <summary>Turns inputs, outputs, events and statuses into text, and back.</summary>
public abstract class DataConverter
{
    /// <summary>Turns a value into text.</summary>
    /// <param name="value">The value; null for none.</param>
    /// <returns>The text; null if there was no value.</returns>
    [return: NotNullIfNotNull(nameof(value))]
    public abstract string? Serialize(object? value);

    /// <summary>Turns text into a value.</summary>
    /// <param name="data">The text; null for none.</param>
    /// <param name="targetType">The type of the value.</param>
    /// <returns>The value; null if there was no text.</returns>
    public abstract object? Deserialize(string? data, Type targetType);

    /// <summary>Turns text into a value.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="data">The text; null for none.</param>
    /// <returns>The value; the type's default if there was no text.</returns>
    public virtual T? Deserialize<T>(string? data) => Deserialize(data, typeof(T)) is { } value ? (T)value : default;
}

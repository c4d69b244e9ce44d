using Microsoft.DurableTask.Converters;

namespace Microsoft.DurableTask.Client;

/// <summary>A value as JSON, with what reads it.</summary>
/// <param name="data">The JSON.</param>
/// <param name="converter">What reads it; null for the default.</param>
public sealed class SerializedData(string data, DataConverter? converter = null)
{
    /// <summary>The JSON.</summary>
    public string Value { get; } = data ?? throw new ArgumentNullException(nameof(data));

    /// <summary>What reads it.</summary>
    public DataConverter Converter { get; } = converter ?? JsonDataConverter.Default;

    /// <summary>Reads the value.</summary>
    /// <typeparam name="T">What to read it as.</typeparam>
    public T ReadAs<T>() => Converter.Deserialize<T>(Value)!;
}

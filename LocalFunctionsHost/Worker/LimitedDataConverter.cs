using Microsoft.DurableTask;

namespace LocalFunctionsHost.Worker;

/// <summary>Refuses values that are too large to keep, where they are given.</summary>
/// <param name="inner">Writes and reads them.</param>
internal sealed class LimitedDataConverter(DataConverter inner) : DataConverter
{
    /// <summary>The longest input, output, event payload or custom status as JSON, in characters.</summary>
    public const int MaxLength = 16 * 1024 * 1024;

    /// <inheritdoc/>
    public override string? Serialize(object? value) => inner.Serialize(value) switch
    {
        { Length: > MaxLength } text => throw new PayloadTooLargeException(
            $"A value has {text.Length} characters as JSON, but at most {MaxLength} can be kept. Store it elsewhere, and pass on where it is."),
        var text => text,
    };

    /// <inheritdoc/>
    public override object? Deserialize(string? data, Type targetType) => inner.Deserialize(data, targetType);
}

using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;

namespace LocalRuntime.Engine;

/// <summary>JSON as <see cref="JsonDataConverter"/> writes it, up to the size that an engine takes.</summary>
/// <param name="maxLength">The longest JSON, in characters.</param>
internal sealed class PayloadConverter(int maxLength) : DataConverter
{
    /// <exception cref="PayloadTooLargeException">The JSON is longer than that.</exception>
    [return: NotNullIfNotNull(nameof(value))]
    public override string? Serialize(object? value)
    {
        var json = JsonDataConverter.Default.Serialize(value);
        return json is null || json.Length <= maxLength ? json : throw new PayloadTooLargeException(string.Create(
            CultureInfo.InvariantCulture,
            $"A value of the type {value!.GetType()} is {json.Length} characters long as JSON; inputs, outputs, events and statuses have at"
            + $" most {maxLength}. Keep it elsewhere and pass on where it is."));
    }

    public override object? Deserialize(string? data, Type targetType) => JsonDataConverter.Default.Deserialize(data, targetType);
}

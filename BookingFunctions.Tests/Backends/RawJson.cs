using DurableTask.Core.Serializing;

namespace BookingFunctions.Tests.Backends;

/// <summary>Leaves payloads as they are, as they are JSON already.</summary>
internal sealed class RawJson : DataConverter
{
    public override string? Serialize(object value) => (string?)value;

    public override string? Serialize(object value, bool formatted) => (string?)value;

    public override object? Deserialize(string data, Type objectType) => data;
}

using System.Text;
using Google.Protobuf;

namespace BookingFunctions.Tests.Telemetry;

/// <summary>A protobuf message without its schema: its fields by number.</summary>
internal sealed class ProtoMessage
{
    private readonly Dictionary<int, List<object>> fields = [];

    public ProtoMessage(byte[] bytes)
    {
        using var input = new CodedInputStream(bytes);
        while (input.ReadTag() is var tag and not 0)
        {
            var number = WireFormat.GetTagFieldNumber(tag);
            if (!fields.TryGetValue(number, out var values))
            {
                fields[number] = values = [];
            }

            values.Add(WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.Varint => input.ReadUInt64(),
                WireFormat.WireType.Fixed64 => input.ReadFixed64(),
                WireFormat.WireType.Fixed32 => (ulong)input.ReadFixed32(),
                _ => input.ReadBytes().ToByteArray(),
            });
        }
    }

    public IEnumerable<ProtoMessage> Messages(int field) => Values(field).Select(value => new ProtoMessage((byte[])value));

    public ProtoMessage? Message(int field) => Messages(field).FirstOrDefault();

    public string Text(int field) => Values(field).FirstOrDefault() is byte[] bytes ? Encoding.UTF8.GetString(bytes) : "";

    public string Hex(int field) => Values(field).FirstOrDefault() is byte[] bytes ? Convert.ToHexStringLower(bytes) : "";

    public ulong? Number(int field) => Values(field).FirstOrDefault() as ulong?;

    public double? Double(int field) => Number(field) is { } bits ? BitConverter.UInt64BitsToDouble(bits) : null;

    /// <summary>Attributes, as OTLP writes them, by name.</summary>
    public Dictionary<string, string> Attributes(int field) => Messages(field)
        .GroupBy(pair => pair.Text(1))
        .ToDictionary(pairs => pairs.Key, pairs => Value(pairs.First().Message(2)));

    private static string Value(ProtoMessage? value) =>
        value is null ? ""
        : value.Number(3) is { } whole ? $"{(long)whole}"
        : value.Double(4) is { } number ? $"{number}"
        : value.Number(2) is { } truth ? $"{truth == 1}"
        : value.Text(1);

    private List<object> Values(int field) => fields.GetValueOrDefault(field) ?? [];
}

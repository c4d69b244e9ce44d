using System.Text.Json.Serialization;

namespace Supplier;

/// <summary>A way to misbehave.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Kind>))]
public enum Kind
{
    /// <summary>Takes its time.</summary>
    [JsonStringEnumMemberName("slow")]
    Slow,

    /// <summary>Answers with a status code of the caller's choice.</summary>
    [JsonStringEnumMemberName("status")]
    Status,

    /// <summary>Drops the connection.</summary>
    [JsonStringEnumMemberName("drop")]
    Drop,

    /// <summary>Answers a second time, after the call has ended.</summary>
    [JsonStringEnumMemberName("twice")]
    Twice,

    /// <summary>Says that it is JSON, which it is not.</summary>
    [JsonStringEnumMemberName("garbage")]
    Garbage,

    /// <summary>Confirms another reservation than the requested one.</summary>
    [JsonStringEnumMemberName("other")]
    Other,

    /// <summary>Answers with a page instead of JSON.</summary>
    [JsonStringEnumMemberName("page")]
    Page,

    /// <summary>Answers with a megabyte.</summary>
    [JsonStringEnumMemberName("huge")]
    Huge,
}

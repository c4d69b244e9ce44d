using System.Text.Json.Nodes;

namespace BookingFunctions.Tests.Hosting.Management;

/// <summary>A call, and what the genuine host was recorded to answer; the parts that differ from run to run are in parentheses.</summary>
/// <param name="Note">What the call is about.</param>
/// <param name="Call">The method and the path; <c>~</c> is the management API's root.</param>
/// <param name="Status">The answer's status.</param>
public sealed record Exchange(string Note, string Call, int Status)
{
    /// <summary>An instance that is started first, or null.</summary>
    public ExchangeStart? Start { get; init; }

    /// <summary>What an instance's status has to be before the call, or null.</summary>
    public ExchangeCondition? When { get; init; }

    /// <summary>The body, or null for none.</summary>
    public string? Body { get; init; }

    /// <summary>The body's media type; null for JSON.</summary>
    public string? ContentType { get; init; }

    /// <summary>Whether the call carries the last answer's continuation token.</summary>
    public bool Continues { get; init; }

    /// <summary>The answer's media type, or null if it has no body.</summary>
    public string? Type { get; init; }

    /// <summary>Headers that the answer has.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the answer has a continuation token.</summary>
    public bool HasNext { get; init; }

    /// <summary>For lists: how many instances the answer has.</summary>
    public int? Instances { get; init; }

    /// <summary>The answer's body.</summary>
    public JsonNode? Answer { get; init; }

    /// <summary>Why the embedded host answers otherwise than the genuine one, or null if it answers the same.</summary>
    public string? Why { get; init; }
}

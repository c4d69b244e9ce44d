using System.Text.Json.Nodes;

namespace BookingFunctions.Tests.LocalFunctionsHost.Management;

/// <summary>A call, and what the genuine host was recorded to answer; the parts that differ from run to run are in parentheses.</summary>
/// <param name="Note">What the call is about.</param>
/// <param name="Call">
/// The method and the path: <c>~</c> is the management API's root, <c>(last)</c> the last id that was answered, <c>(child)</c> the child of
/// <see cref="ChildOf"/>, and the name of a key in parentheses that key.
/// </param>
/// <param name="Status">The answer's status.</param>
public sealed record Exchange(string Note, string Call, int Status)
{
    /// <summary>Whether every instance is removed first, which the genuine host did in the call before.</summary>
    public bool Resets { get; init; }

    /// <summary>Instances that are started first.</summary>
    public IReadOnlyList<ExchangeStart> Starts { get; init; } = [];

    /// <summary>An instance that is terminated first, or null.</summary>
    public string? Terminates { get; init; }

    /// <summary>What the status of instances has to be before the call.</summary>
    public IReadOnlyList<ExchangeCondition> Waits { get; init; } = [];

    /// <summary>The parent whose child the call is about, or null.</summary>
    public string? ChildOf { get; init; }

    /// <summary>The name of the key that the call carries.</summary>
    public string Key { get; init; } = "extension";

    /// <summary>The continuation token that the call carries, or null.</summary>
    public string? Token { get; init; }

    /// <summary>The body, or null for none.</summary>
    public string? Body { get; init; }

    /// <summary>The body's media type; null for JSON.</summary>
    public string? ContentType { get; init; }

    /// <summary>Whether the call carries the last answer's continuation token.</summary>
    public bool Continues { get; init; }

    /// <summary>Whether the call is repeated until its answer is the expected one, as the instance takes the last call up later.</summary>
    public bool Eventually { get; init; }

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

    /// <summary>The answer's body on Azure Storage, where it is another one than on SQLite; null where it is the same.</summary>
    public JsonNode? OnAzureStorage { get; init; }

    /// <summary>Why the local host answers otherwise than the genuine one, or null if it answers the same.</summary>
    public string? Why { get; init; }
}

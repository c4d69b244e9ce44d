using System.Text.Json.Serialization;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>What a traveler asks for; by default a trip in which nothing goes wrong.</summary>
public sealed record TripRequest
{
    public string Name { get; init; } = "Alice Jones";

    public string Car { get; init; } = "Ford 150";

    public string Hotel { get; init; } = "Hilton 123";

    public string Flight { get; init; } = "Alaska Airlines 123";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Attempts { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Parallel { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? DeadlineSeconds { get; init; }
}

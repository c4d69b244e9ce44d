namespace BookingFunctions.Tests.EndToEnd;

/// <summary>A trip as the API shows it: written from the contract, not taken from the application.</summary>
public sealed record TripJson(
    string Id,
    string Name,
    string Status,
    string? Reason,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastUpdatedAt,
    IReadOnlyList<LegJson> Legs,
    NotificationJson? Notification)
{
    public LegJson Car => Legs[0];

    public LegJson Hotel => Legs[1];

    public LegJson Flight => Legs[2];

    public bool HasEnded => Status is "Confirmed" or "Cancelled" or "NeedsAttention";
}

using System.Text.Json;
using System.Text.Json.Serialization;
using BookingFunctions.Saga;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Http;

/// <summary>A trip, as the API shows it.</summary>
/// <param name="Id">Its id, which is its confirmation number.</param>
/// <param name="Name">The traveler's name.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="Reason">Why it is not just being booked or confirmed; null if it is.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="LastUpdatedAt">When it last changed.</param>
/// <param name="Legs">The car, the hotel and the flight.</param>
public sealed record TripView(
    string Id,
    string? Name,
    TripState Status,
    string? Reason,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastUpdatedAt,
    IReadOnlyList<LegView> Legs)
{
    /// <summary>Whether it is known how the trip ends.</summary>
    [JsonIgnore]
    public bool IsDecided => Status is TripState.Confirmed or TripState.Cancelled;

    /// <summary>Shows the trip of an orchestration.</summary>
    /// <param name="instance">The orchestration, with its input.</param>
    public static TripView Of(OrchestrationMetadata instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        var trip = Read<TripPlan>(instance.SerializedInput)?.Trip;
        var status = Read<TripStatus>(instance.SerializedCustomStatus) is { Legs.Count: > 0 } reported ? reported : TripStatus.New;
        var (state, reason) = Judge(instance, status);
        return new TripView(
            instance.InstanceId,
            trip?.Name,
            state,
            reason,
            instance.CreatedAt,
            instance.LastUpdatedAt,
            [.. status.Legs.Select(leg => new LegView(leg.Leg, trip?.Item(leg.Leg), leg.State, leg.Attempt, leg.Confirmation, leg.Error))]);
    }

    // An orchestration that was ended from outside can't report that itself: nobody books or undoes its legs any more.
    private static (TripState State, string? Reason) Judge(OrchestrationMetadata instance, TripStatus status) => instance.RuntimeStatus switch
    {
        OrchestrationRuntimeStatus.Failed when !status.IsDecided =>
            (TripState.NeedsAttention, PlainText(instance.SerializedOutput) ?? "The orchestration failed."),
        OrchestrationRuntimeStatus.Terminated when !status.IsDecided =>
            (TripState.NeedsAttention, With("Terminated", PlainText(instance.SerializedOutput))),
        OrchestrationRuntimeStatus.Suspended =>
            (status.Status, Join(With("Suspended", PlainText(instance.SerializedOutput)), status.Reason)),
        _ => (status.Status, status.Reason),
    };

    private static string With(string what, string? why) => why is null ? $"{what}." : $"{what}: {why}";

    private static string Join(string first, string? second) => second is null ? first : $"{first}; {second}";

    // The reason of a termination is text on some backends and a JSON string on others.
    private static string? PlainText(string? text) =>
        string.IsNullOrWhiteSpace(text) || text == "null" ? null : text.StartsWith('"') ? Read<string>(text) ?? text : text;

    // Who starts the orchestrator past the API may give it any input.
    private static T? Read<T>(string? json)
        where T : class
    {
        try
        {
            return string.IsNullOrWhiteSpace(json) ? null : JsonSerializer.Deserialize<T>(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

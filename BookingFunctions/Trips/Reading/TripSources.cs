using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using BookingFunctions.Trips.Deciding;
using BookingFunctions.Trips.Listing;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Trips.Reading;

/// <summary>All that is known of a trip: what its orchestration says, the one that cancels it, and its row in the directory.</summary>
/// <param name="Id">The trip's id.</param>
/// <param name="Instance">Its orchestration, with its input; null once that was purged.</param>
/// <param name="Canceller">The orchestration that cancels it, with its input; null if there is none.</param>
/// <param name="Entry">Its row; null if its orchestration was started directly.</param>
public sealed record TripSources(string Id, OrchestrationMetadata? Instance, OrchestrationMetadata? Canceller, TripRow? Entry)
{
    private const string Gone = "Its orchestration was removed before the trip was decided.";

    /// <summary>What was to be booked; null if that can't be read.</summary>
    public TripPlan? Plan { get; } =
        Read<TripPlan>(Instance?.SerializedInput) is { IsComplete: true } given ? given
        : Read<TripPlan>(Entry?.Plan) is { IsComplete: true } kept ? kept
        : null;

    /// <summary>
    /// Whether an orchestration that was ended from outside has left a trip that needs attention, which it can't write down itself.
    /// </summary>
    public bool IsAbandoned =>
        ((Instance is null && Entry is { IsStarted: true }) || HasDied(Instance) || HasDied(Canceller))
        && Status.Status == TripState.NeedsAttention && WaitingInstanceId is null;

    /// <summary>Whether the row is there, and the orchestration has yet to be started.</summary>
    public bool IsUnstarted => Instance is null && Entry is { IsStarted: false };

    /// <summary>What the trip and its row say, without the cancellation that runs.</summary>
    public TripStatus OwnStatus
    {
        get
        {
            var recorded = Entry is null ? null : Read<TripStatus>(Entry.Outcome) is { Legs.Count: > 0 } outcome ? outcome : null;
            if (Instance is null)
            {
                var known = (recorded ?? TripStatus.New) with { Status = Entry!.Status, Reason = Entry.Reason };
                return Entry.IsStarted && known.Status is TripState.Booking or TripState.RollingBack
                    ? known with { Status = TripState.NeedsAttention, Reason = known.Reason is null ? Gone : $"{Gone} {known.Reason}" }
                    : known;
            }

            var own = Judge(
                Instance,
                Read<TripStatus>(Instance.SerializedCustomStatus) is { Legs.Count: > 0 } reported ? reported : TripStatus.New);

            // A cancellation that has ended, and was purged since, has left its outcome in the row.
            return !IsAlive(Instance) && recorded is not null && recorded.Status.IsAfter(own.Status) ? recorded : own;
        }
    }

    /// <summary>The trip's status, made of all of these.</summary>
    public TripStatus Status
    {
        get
        {
            var own = OwnStatus;
            if (Canceller is null || own.Status == TripState.Cancelled)
            {
                return own;
            }

            if (Read<TripStatus>(Canceller.SerializedCustomStatus) is { Legs.Count: > 0 } undoing)
            {
                return Judge(Canceller, undoing);
            }

            if (HasDied(Canceller))
            {
                return own with { Status = TripState.NeedsAttention, Reason = $"The cancellation was ended: {WhyEnded(Canceller)}" };
            }

            // It has yet to undo the first leg, but it will.
            return own.Status == TripState.Confirmed || (own.Status == TripState.NeedsAttention && !IsAlive(Instance))
                ? own with
                {
                    Status = TripState.RollingBack,
                    Reason = Cancellation.Describe(Read<Cancellation>(Canceller.SerializedInput)?.Reason),
                }
                : own;
        }
    }

    /// <summary>The orchestration that waits for an operator's decision; null if none does.</summary>
    public string? WaitingInstanceId =>
        Status.Status != TripState.NeedsAttention ? null
        : IsAlive(Canceller) && Read<TripStatus>(Canceller!.SerializedCustomStatus) is { Status: TripState.NeedsAttention }
            ? Canceller.InstanceId
        : IsAlive(Instance) ? Id
        : null;

    /// <summary>The failure of a leg's undo that waits for an operator's decision; null if none does.</summary>
    /// <param name="leg">The leg.</param>
    public long? FailureToDecide(Leg leg) =>
        WaitingInstanceId is not null && Status.Legs[(int)leg] is { NeedsOperator: true } waiting ? waiting.UndoFailure : null;

    /// <summary>When the trip was requested.</summary>
    public DateTimeOffset CreatedAt => Entry?.CreatedAt ?? Instance?.CreatedAt ?? default;

    /// <summary>When it last changed.</summary>
    public DateTimeOffset LastUpdatedAt => new[] { Instance?.LastUpdatedAt, Canceller?.LastUpdatedAt, Entry?.UpdatedAt }.Max() ?? default;

    /// <summary>Whether the trip's own orchestration goes on, and so decides itself.</summary>
    public bool IsRunning => IsAlive(Instance);

    /// <summary>Reads JSON that may be anything: the management API starts an orchestrator with any input.</summary>
    /// <param name="json">The JSON.</param>
    /// <returns>What it says, or null if it says something else.</returns>
    internal static T? Read<T>(string? json)
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

    private static bool IsAlive(OrchestrationMetadata? instance) => instance is not null && !instance.IsCompleted;

    private static bool HasDied([NotNullWhen(true)] OrchestrationMetadata? instance) =>
        instance?.RuntimeStatus is OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;

    // An orchestration that was ended from outside can't report that itself, and its legs are neither booked nor undone any more.
    private static TripStatus Judge(OrchestrationMetadata instance, TripStatus status) => instance.RuntimeStatus switch
    {
        OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated when !status.IsDecided =>
            status with { Status = TripState.NeedsAttention, Reason = WhyEnded(instance) },
        OrchestrationRuntimeStatus.Suspended =>
            status with { Reason = Join(With("Suspended", PlainText(instance.SerializedOutput)), status.Reason) },
        _ => status,
    };

    private static string WhyEnded(OrchestrationMetadata instance) => instance.RuntimeStatus == OrchestrationRuntimeStatus.Failed
        ? PlainText(instance.SerializedOutput) ?? "The orchestration failed."
        : With("Terminated", PlainText(instance.SerializedOutput));

    private static string With(string what, string? why) => why is null ? $"{what}." : $"{what}: {why}";

    private static string Join(string first, string? second) => second is null ? first : $"{first}; {second}";

    // The reason of a termination is text on some backends and a JSON string on others.
    private static string? PlainText(string? text) =>
        string.IsNullOrWhiteSpace(text) || text == "null" ? null : text.StartsWith('"') ? Read<string>(text) ?? text : text;
}

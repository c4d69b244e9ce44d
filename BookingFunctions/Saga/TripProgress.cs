using BookingFunctions.Travel;
using Microsoft.DurableTask;

namespace BookingFunctions.Saga;

/// <summary>Keeps a trip's status, and shows every change of it as the orchestration's custom status.</summary>
public sealed class TripProgress
{
    private const int ConfirmationBytes = 100;

    private readonly TaskOrchestrationContext context;

    /// <summary>Begins with a trip of which nothing is booked.</summary>
    /// <param name="context">The trip's orchestration.</param>
    public TripProgress(TaskOrchestrationContext context)
    {
        this.context = context;
        Status = TripStatus.New;
        context.SetCustomStatus(Status);
    }

    /// <summary>The trip's status.</summary>
    public TripStatus Status { get; private set; }

    /// <summary>A leg's status.</summary>
    /// <param name="leg">The leg.</param>
    public LegStatus this[Leg leg] => Status.Legs[(int)leg];

    /// <summary>The trip has come to another state.</summary>
    /// <param name="state">The state.</param>
    public void Set(TripState state) => Show(Status with { Status = state });

    /// <summary>A leg can't be booked, so everything is undone.</summary>
    /// <param name="failure">Why it can't.</param>
    public void RollingBack(TaskFailureDetails failure) => Show(Status with
    {
        Status = TripState.RollingBack,
        Reason = LegError.From(failure).Summary,
    });

    /// <summary>The first try to book a leg begins.</summary>
    /// <param name="leg">The leg.</param>
    public void Booking(Leg leg) => Show(this[leg] with { State = LegState.Booking, Attempt = 1 });

    /// <summary>A try has failed, and another one follows.</summary>
    /// <param name="leg">The leg.</param>
    /// <param name="failure">Why it failed.</param>
    public void Retrying(Leg leg, TaskFailureDetails failure) => Show(this[leg] with
    {
        State = LegState.Retrying,
        Attempt = this[leg].Attempt + 1,
        Error = LegError.From(failure),
    });

    /// <summary>A leg is booked.</summary>
    /// <param name="leg">The leg.</param>
    /// <param name="confirmation">The confirmation number.</param>
    public void Booked(Leg leg, string confirmation) =>
        Show(this[leg] with { State = LegState.Booked, Confirmation = StatusText.Cut(confirmation, ConfirmationBytes) });

    /// <summary>A leg was refused or given up.</summary>
    /// <param name="leg">The leg.</param>
    /// <param name="failure">Its last failure.</param>
    public void Failed(Leg leg, TaskFailureDetails failure) =>
        Show(this[leg] with { State = LegState.Failed, Error = LegError.From(failure) });

    /// <summary>A leg's undo has failed.</summary>
    /// <param name="leg">The leg.</param>
    /// <param name="state">Where that leaves it.</param>
    /// <param name="failure">Why it failed.</param>
    public void UndoFailed(Leg leg, LegState state, TaskFailureDetails failure) =>
        Show(this[leg] with { State = state, Error = LegError.From(failure) });

    /// <summary>Replaces a leg's status.</summary>
    /// <param name="changed">Its new status.</param>
    public void Show(LegStatus changed) =>
        Show(Status with { Legs = [.. Status.Legs.Select(leg => leg.Leg == changed.Leg ? changed : leg)] });

    private void Show(TripStatus changed)
    {
        Status = changed;
        context.SetCustomStatus(changed);
    }
}

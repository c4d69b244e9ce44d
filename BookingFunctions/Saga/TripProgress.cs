using BookingFunctions.Travel;
using BookingFunctions.Trips;
using Microsoft.DurableTask;

namespace BookingFunctions.Saga;

/// <summary>Keeps a trip's status, and shows every change of it as the orchestration's custom status.</summary>
public sealed class TripProgress
{
    private const int ConfirmationBytes = 100;
    private const int ReasonBytes = 700;
    private const int NotificationBytes = 300;

    private static readonly RetrySettings Recording = new(int.MaxValue, TimeSpan.FromMilliseconds(200), 2, TimeSpan.FromSeconds(30));

    private readonly TaskOrchestrationContext context;
    private readonly string tripId;

    /// <summary>Begins with a trip of which nothing is booked, or goes on with one that is known.</summary>
    /// <param name="context">The orchestration.</param>
    /// <param name="tripId">The trip's id.</param>
    /// <param name="status">How far the trip has come; null for a new one.</param>
    public TripProgress(TaskOrchestrationContext context, string tripId, TripStatus? status = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        this.context = context;
        this.tripId = tripId;
        Status = status ?? TripStatus.New;
        context.SetCustomStatus(Status);
    }

    /// <summary>The trip's status.</summary>
    public TripStatus Status { get; private set; }

    /// <summary>The write that says that the trip is rolled back; null if there is none.</summary>
    public Task? RollbackRecorded { get; private set; }

    /// <summary>A leg's status.</summary>
    /// <param name="leg">The leg.</param>
    public LegStatus this[Leg leg] => Status.Legs[(int)leg];

    /// <summary>The trip has come to another state.</summary>
    /// <param name="state">The state.</param>
    public void Set(TripState state) => Show(Status with { Status = state });

    /// <summary>A leg can't be booked, or the trip is given up, so everything is undone.</summary>
    /// <param name="cause">Why: a failed activity, or what has stopped the trip.</param>
    public void RollingBack(Exception cause) => Show(Status with
    {
        Status = TripState.RollingBack,
        Reason = cause is TaskFailedException failed
            ? LegError.From(failed.FailureDetails).Summary
            : StatusText.Cut(cause.Message, ReasonBytes),
    });

    /// <summary>The first try to book a leg begins.</summary>
    /// <param name="leg">The leg.</param>
    public void Booking(Leg leg) => Show(this[leg] with { State = LegState.Booking, Attempt = 1 });

    /// <summary>A try has failed, and another one follows.</summary>
    /// <param name="leg">The leg.</param>
    /// <param name="failure">Why it failed.</param>
    /// <param name="attempt">The number of the next one; of this one again if a circuit breaker refused the call.</param>
    /// <param name="at">When it begins.</param>
    public void Retrying(Leg leg, TaskFailureDetails failure, int attempt, DateTimeOffset at) => Show(this[leg] with
    {
        State = LegState.Retrying,
        Attempt = attempt,
        Error = LegError.From(failure),
        RetryAt = at,
    });

    /// <summary>A leg is booked.</summary>
    /// <param name="leg">The leg.</param>
    /// <param name="confirmation">The confirmation number.</param>
    public void Booked(Leg leg, string confirmation) =>
        Show(this[leg] with { State = LegState.Booked, Confirmation = StatusText.Cut(confirmation, ConfirmationBytes), RetryAt = null });

    /// <summary>A leg was refused or given up.</summary>
    /// <param name="leg">The leg.</param>
    /// <param name="failure">Its last failure.</param>
    public void Failed(Leg leg, TaskFailureDetails failure) =>
        Show(this[leg] with { State = LegState.Failed, Error = LegError.From(failure), RetryAt = null });

    /// <summary>A leg's undo has failed, and is tried again.</summary>
    /// <param name="leg">The leg.</param>
    /// <param name="failure">Why it failed.</param>
    /// <param name="retryAt">When it is tried again.</param>
    public void UndoFailed(Leg leg, TaskFailureDetails failure, DateTimeOffset retryAt) =>
        Show(this[leg] with { State = LegState.Undoing, Error = LegError.From(failure), RetryAt = retryAt });

    /// <summary>A leg's undo is given up.</summary>
    /// <param name="leg">The leg.</param>
    /// <param name="failure">Its last failure.</param>
    public void UndoGivenUp(Leg leg, TaskFailureDetails failure) => Show(this[leg] with
    {
        State = LegState.UndoFailed,
        Error = LegError.From(failure),
        RetryAt = null,

        // A count alone would begin anew with an orchestration that is begun anew, whose decisions are kept already.
        UndoFailure = Math.Max((this[leg].UndoFailure ?? 0) + 1, context.CurrentUtcDateTime.Ticks / TimeSpan.TicksPerMillisecond),
    });

    /// <summary>Replaces a leg's status.</summary>
    /// <param name="changed">Its new status.</param>
    public void Show(LegStatus changed) =>
        Show(Status with { Legs = [.. Status.Legs.Select(leg => leg.Leg == changed.Leg ? changed : leg)] });

    /// <summary>
    /// Writes the trip's decision to the directory, however long that takes, and notifies the traveler. A notification that fails
    /// changes nothing else.
    /// </summary>
    /// <param name="plan">The trip; null if its traveler is unknown.</param>
    /// <param name="cancelled">Completes when the trip is cancelled after all, which ends the tries to notify; null for never.</param>
    public async Task DecidedAsync(TripPlan? plan, Task? cancelled = null)
    {
        if (plan is null)
        {
            await RecordAsync();
            return;
        }

        var notice = new NotifyTravelerInput(tripId, plan.Trip, Status, context.CurrentUtcDateTime, plan.Trace);
        Show(NotificationState.Pending);
        using var ended = new CancellationTokenSource();
        var notified = context.CallActivityAsync(ActivityNames.NotifyTraveler, notice, NotificationOptions(plan, ended.Token));
        if (Status.Status == TripState.Confirmed && cancelled is not null && await Task.WhenAny(notified, cancelled) == cancelled)
        {
            ended.Cancel();
        }

        try
        {
            await notified;
            Show(NotificationState.Sent);
            return;
        }
        catch (OperationCanceledException)
        {
            Show(NotificationState.Failed, "The trip was cancelled meanwhile.");
        }
        catch (TaskFailedException e)
        {
            Show(
                NotificationState.Failed,
                StatusText.Cut($"{e.FailureDetails.ErrorType}: {e.FailureDetails.ErrorMessage}", NotificationBytes));
        }

        await RecordAsync();
    }

    /// <summary>Writes the trip's status to the directory, however long that takes.</summary>
    public Task RecordAsync() => context.CallActivityAsync(
        ActivityNames.RecordTrip, new RecordTripInput(tripId, Status, context.CurrentUtcDateTime), Recording.ToUnlimitedRetryOptions());

    /// <summary>Begins to write that the trip is rolled back, unless that was done. Nothing waits for it.</summary>
    public void RecordRollback() => RollbackRecorded ??= RecordAsync();

    // What fails is either the write, which has to succeed in the end, or the notification after it.
    private static TaskOptions NotificationOptions(TripPlan plan, CancellationToken ended)
    {
        var write = Recording.ToRetryHandler((_, _, _) => true, CancellationToken.None);
        var send = plan.Booking.ToRetryHandler(
            (failure, _, _) =>
            {
                ended.ThrowIfCancellationRequested();
                return !failure.IsCausedBy<NotificationRefusedException>();
            },
            ended);
        return TaskOptions.FromRetryHandler(
            retry => retry.LastFailure.IsCausedBy<NotificationFailedException>() ? send(retry) : write(retry));
    }

    private void Show(NotificationState state, string? error = null) =>
        Show(Status with { Notification = new NotificationStatus(state, context.CurrentUtcDateTime, error) });

    private void Show(TripStatus changed)
    {
        Status = changed;
        context.SetCustomStatus(changed);
    }
}

using BookingFunctions.Travel;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Deciding;
using Microsoft.DurableTask;

namespace BookingFunctions.Saga;

/// <summary>A leg of a running trip: how it is booked, and how that is undone.</summary>
/// <param name="context">The trip's orchestration.</param>
/// <param name="progress">Records every step.</param>
/// <param name="plan">The trip.</param>
/// <param name="booking">The leg's booking.</param>
/// <param name="book">The activity that books it.</param>
/// <param name="undo">The activity that undoes it.</param>
/// <param name="ended">Fires when it is not to be tried again.</param>
public sealed class TripLeg(
    TaskOrchestrationContext context,
    TripProgress progress,
    TripPlan plan,
    Booking booking,
    string book,
    string undo,
    CancellationToken ended)
{
    private readonly Leg leg = booking.Leg;
    private LegStatus? refused = progress[booking.Leg] is { State: LegState.Failed } failed ? failed : null;
    private bool isGivenUp;

    /// <summary>Which leg.</summary>
    public Leg Leg => leg;

    /// <summary>Whether its undo was given up, and no operator has accepted that.</summary>
    public bool NeedsOperator => progress[leg].NeedsOperator;

    /// <summary>Whether a decision is about the failure that an operator is needed for.</summary>
    /// <param name="decision">The decision; null for none.</param>
    public bool IsDecidedBy(UndoDecision? decision) =>
        decision is not null && NeedsOperator && (decision.Leg, decision.Failure) == (leg, progress[leg].UndoFailure);

    /// <summary>Books the leg, with retries unless it is refused.</summary>
    /// <exception cref="TaskFailedException">It was refused, or given up.</exception>
    /// <exception cref="OperationCanceledException">It is not to be tried again.</exception>
    public async Task BookAsync()
    {
        progress.Booking(leg);
        var options = plan.Booking.ToTaskOptions((failure, attempt, at) =>
        {
            if (isGivenUp || failure.IsCausedBy<BookingRefusedException>())
            {
                return false;
            }

            ended.ThrowIfCancellationRequested();
            progress.Retrying(leg, failure, attempt, at);
            return true;
        }, ended);
        try
        {
            var confirmation = await context.CallActivityAsync<string>(book, booking, options);
            if (!isGivenUp)
            {
                progress.Booked(leg, confirmation);
            }
        }
        catch (TaskFailedException e) when (!isGivenUp)
        {
            progress.Failed(leg, e.FailureDetails);
            refused = progress[leg];
            throw;
        }
        catch (OperationCanceledException) when (!isGivenUp)
        {
            progress.Show(progress[leg] with { RetryAt = null });
            throw;
        }
    }

    /// <summary>
    /// Undoes the leg, whatever became of its booking or still becomes of it: a booking that comes late is barred. A failure is
    /// shown in the trip's status, and never thrown.
    /// </summary>
    public async Task UndoAsync()
    {
        isGivenUp = true;
        if (refused is null)
        {
            progress.Show(progress[leg] with { State = LegState.Undoing, RetryAt = null });
        }

        var options = plan.Undo.ToTaskOptions((failure, _, at) =>
        {
            if (refused is null)
            {
                progress.UndoFailed(leg, failure, at);
            }

            // Most rollbacks end at once. One that doesn't is to be found by its state.
            progress.RecordRollback();
            return true;
        });
        try
        {
            await context.CallActivityAsync(undo, booking, options);
            progress.Show(refused ?? progress[leg] with { State = LegState.Undone, RetryAt = null });
        }
        catch (TaskFailedException e)
        {
            progress.UndoGivenUp(leg, e.FailureDetails);
        }
    }

    /// <summary>Leaves the leg as it is: an operator has accepted what it holds.</summary>
    /// <param name="decision">Who, and why.</param>
    public void Skip(UndoDecision decision) => progress.Show(progress[leg] with { Skipped = SkippedUndo.Of(decision) });
}

using BookingFunctions.Travel;
using Microsoft.DurableTask;

namespace BookingFunctions.Saga;

/// <summary>A leg of a running trip: how it is booked, and how that is undone.</summary>
/// <param name="context">The trip's orchestration.</param>
/// <param name="progress">Told of every step.</param>
/// <param name="plan">The trip.</param>
/// <param name="leg">Which leg.</param>
/// <param name="book">The activity that books it.</param>
/// <param name="undo">The activity that undoes it.</param>
public sealed class TripLeg(TaskOrchestrationContext context, TripProgress progress, TripPlan plan, Leg leg, string book, string undo)
{
    private readonly Booking booking = Booking.Of(context.InstanceId, leg, plan.Trip);
    private LegStatus? refused;

    /// <summary>Which leg.</summary>
    public Leg Leg => leg;

    /// <summary>Whether its undo has succeeded.</summary>
    public bool IsUndone { get; private set; }

    /// <summary>Books the leg, with retries unless it is refused.</summary>
    /// <exception cref="TaskFailedException">It was refused, or given up.</exception>
    public async Task BookAsync()
    {
        progress.Booking(leg);
        var options = plan.Booking.ToTaskOptions(failure =>
        {
            if (failure.IsCausedBy<BookingRefusedException>())
            {
                return false;
            }

            progress.Retrying(leg, failure);
            return true;
        });
        try
        {
            progress.Booked(leg, await context.CallActivityAsync<string>(book, booking, options));
        }
        catch (TaskFailedException e)
        {
            progress.Failed(leg, e.FailureDetails);
            refused = progress[leg];
            throw;
        }
    }

    /// <summary>Undoes the leg, whatever became of its booking. A failure is shown in the trip's status, and never thrown.</summary>
    public async Task UndoAsync()
    {
        if (refused is null)
        {
            progress.Show(progress[leg] with { State = LegState.Undoing });
        }

        var options = plan.Undo.ToTaskOptions(failure =>
        {
            if (refused is null)
            {
                progress.UndoFailed(leg, LegState.Undoing, failure);
            }

            return true;
        });
        try
        {
            await context.CallActivityAsync(undo, booking, options);
            IsUndone = true;
            progress.Show(refused ?? progress[leg] with { State = LegState.Undone });
        }
        catch (TaskFailedException e)
        {
            progress.UndoFailed(leg, LegState.UndoFailed, e.FailureDetails);
        }
    }
}

using System.Text.Json;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Deciding;
using Microsoft.DurableTask;

namespace BookingFunctions.Saga;

/// <summary>The undos of a trip's legs. They run in reverse order; where one is given up, an operator decides.</summary>
/// <param name="context">The orchestration.</param>
/// <param name="progress">Records every step.</param>
public sealed class Compensations(TaskOrchestrationContext context, TripProgress progress)
{
    private readonly Stack<TripLeg> legs = new();

    /// <summary>Registers legs that are to be undone if the trip is.</summary>
    /// <param name="more">The legs, in the order in which they are booked.</param>
    public void Add(params TripLeg[] more)
    {
        ArgumentNullException.ThrowIfNull(more);
        foreach (var leg in more)
        {
            legs.Push(leg);
        }
    }

    /// <summary>Undoes all of them. It ends when each is undone, or its undo is skipped by an operator.</summary>
    public async Task RunAsync()
    {
        foreach (var leg in legs)
        {
            await leg.UndoAsync();
        }

        // Only now: a directory that can't be written must not keep anything booked.
        await (progress.RollbackRecorded ?? Task.CompletedTask);
        while (legs.Any(leg => leg.NeedsOperator))
        {
            progress.Set(TripState.NeedsAttention);
            await progress.RecordAsync();
            await DecideAsync();
        }
    }

    // What isn't about a failure that waits changes nothing: the event may come twice, late, or from any client of the management API.
    private async Task DecideAsync()
    {
        UndoDecision? decision;
        TripLeg? decided;
        do
        {
            decision = UndoDecision.Read(await context.WaitForExternalEvent<JsonElement?>(UndoDecision.EventName));
            decided = legs.FirstOrDefault(leg => leg.IsDecidedBy(decision));
        }
        while (decided is null);

        if (decision!.Action == UndoAction.Skip)
        {
            decided.Skip(decision);
        }
        else
        {
            await decided.UndoAsync();
        }
    }
}
